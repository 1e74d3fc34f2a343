package org.pxemesh.lab.firmware.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.Tftp;
import org.pxemesh.zoo.wire.Traits;

/**
 * What real firmware, loaders and DHCP servers sent, as the captures of {@code fuzz} have it: {@code # name} and hexadecimal
 * lines. One packet of each kind is enough for a golden file, and {@link Traits} tell what is of one kind. Nothing personal
 * is in it: hardware addresses and system ids are the lab's.
 */
public final class GoldenPackets {
    private static final int COLUMNS = 96;
    private static final int TFTP = 69;
    private static final int BOOT_SERVER = 4011;

    /** The option that the lab's disguise writes over iPXE's: no firmware sent that. */
    private static final int DISGUISED = 224;

    /** Of {@code TransferDrive}'s inputs: the milliseconds that the octet of a pause stands for. */
    private static final double PAUSE_SECONDS = 0.04;

    private final Map<List<String>, Packet> dhcp = new LinkedHashMap<>();
    private final Map<List<String>, Packet> watch = new LinkedHashMap<>();
    private final Map<List<String>, Packet> tftp = new LinkedHashMap<>();
    private final Map<List<String>, Packet> transfers = new LinkedHashMap<>();
    private final Map<List<String>, Packet> http = new LinkedHashMap<>();

    private record Packet(String name, byte[] bytes) {}

    /** Adds what a machine sent, and the offers and answers of the site's DHCP server. */
    public void add(String row, List<Frame> frames, String mac) {
        for (Frame frame : WireStory.dhcp(frames, mac)) {
            DhcpMessage.read(frame.payload()).ifPresent(message -> dhcp(row, frame, message));
        }
        frames.stream().filter(f -> !f.tcp() && f.toPort() == TFTP).forEach(request -> {
            tftp(row, request);
            abort(frames, request).ifPresent(error -> aborted(row, request, error));
        });
        frames.stream()
                .filter(f -> f.tcp() && HttpHead.isRequest(f.payload()))
                .map(f -> HttpHead.of(f.payload()))
                .forEach(head -> http.putIfAbsent(head.kind(), new Packet(row + ", " + head.about(), head.lines())));
    }

    private void dhcp(String row, Frame frame, DhcpMessage message) {
        Optional<String> type = WireStory.typeName(message);
        boolean bootServers = message.op() == 2 && (message.yiaddr() == 0 || frame.fromPort() == BOOT_SERVER);
        if (type.isEmpty() || bootServers || message.has(DISGUISED)) {
            return;
        }
        String port = frame.toPort() == BOOT_SERVER ? " from port " + frame.fromPort() + " to port 4011" : "";
        List<String> kind = new ArrayList<>(Traits.ofDhcp(frame.payload()));
        kind.add(port);
        boolean answer = message.op() == 2;
        String sender = answer ? "DHCP server's " : message.has(77) ? "iPXE's " : "";
        (answer ? watch : dhcp).putIfAbsent(kind, new Packet(row + ", " + sender + type.get() + port, frame.payload()));
    }

    private void tftp(String row, Frame request) {
        List<String> kind = new ArrayList<>(Traits.ofReadRequest(request.payload()));
        kind.add(addressless(WireStory.asked(request)));
        tftp.putIfAbsent(kind, new Packet(row + ", " + WireStory.tftpName(request), request.payload()));
    }

    /** The ERROR with which a client ends what it asked for. */
    private static Optional<Frame> abort(List<Frame> frames, Frame request) {
        return frames.stream()
                .filter(f -> !f.tcp() && f.second() >= request.second() && Tftp.operation(f.payload()) == Tftp.ERROR)
                .filter(f -> f.from().equals(request.from()) && f.fromPort() == request.fromPort())
                .findFirst();
    }

    private void aborted(String row, Frame request, Frame error) {
        String about = "TFTP ERROR " + Tftp.number(error.payload()) + " of " + row;
        tftp.putIfAbsent(List.of(HexFormat.of().formatHex(error.payload())), new Packet(about, error.payload()));
        List<String> kind = new ArrayList<>(Traits.ofReadRequest(request.payload()));
        kind.add(HexFormat.of().formatHex(error.payload()));
        ByteArrayOutputStream transfer = new ByteArrayOutputStream();
        write(transfer, request.payload(), 0);
        write(transfer, error.payload(), error.second() - request.second());
        transfers.putIfAbsent(kind, new Packet(row + ", a request and its end", transfer.toByteArray()));
    }

    private static void write(ByteArrayOutputStream transfer, byte[] packet, double pause) {
        transfer.write(packet.length);
        transfer.write((int) Math.min(255, Math.round(pause / PAUSE_SECONDS)));
        transfer.writeBytes(packet);
    }

    /** Loaders ask below names made of their addresses: that is one kind. */
    private static String addressless(String path) {
        return path.replaceAll("([0-9a-fA-F]{2}-){5,}[0-9a-fA-F]{2}", "MAC")
                .replaceAll("(?<=[/-])[0-9A-F]{1,8}$", "IP")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}[.0-9a-f]*", "ID");
    }

    /** The files' names and texts. */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("dhcp.txt", text(dhcp));
        files.put("watch.txt", text(watch));
        files.put("tftp.txt", text(tftp));
        files.put("tftp-session.txt", text(transfers));
        files.put("http.txt", text(http));
        return files;
    }

    private static String text(Map<List<String>, Packet> packets) {
        return packets.values().stream()
                .map(p -> String.format(Locale.ROOT, "# lab %s%n%s%n", p.name(), lines(p.bytes())))
                .collect(Collectors.joining("\n"));
    }

    private static String lines(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{" + COLUMNS + "})(?=.)", "$1\n");
    }
}
