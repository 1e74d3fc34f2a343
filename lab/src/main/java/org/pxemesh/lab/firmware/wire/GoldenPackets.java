package org.pxemesh.lab.firmware.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pxemesh.zoo.wire.DhcpMessage;

/**
 * What real firmware and real DHCP servers sent, as the captures of {@code fuzz} have it: {@code # name} and hexadecimal
 * lines. One packet of each kind is enough for a golden file. Nothing personal is in it: hardware addresses and system
 * ids are the lab's.
 */
public final class GoldenPackets {
    private static final int COLUMNS = 96;
    private static final int TFTP = 69;

    private final Map<String, byte[]> dhcp = new LinkedHashMap<>();
    private final Map<String, byte[]> tftp = new LinkedHashMap<>();

    /** Adds what a machine sent, and the offers and answers of the site's DHCP server. */
    public void add(String row, List<Frame> frames, String mac) {
        for (Frame frame : WireStory.dhcp(frames, mac)) {
            DhcpMessage.read(frame.payload()).ifPresent(message -> dhcp(row, frame, message));
        }
        frames.stream()
                .filter(f -> !f.tcp() && f.toPort() == TFTP)
                .forEach(f -> tftp.putIfAbsent(row + ", " + WireStory.tftpName(f), f.payload()));
    }

    private void dhcp(String row, Frame frame, DhcpMessage message) {
        Optional<String> type = WireStory.typeName(message);
        boolean bootServers = message.op() == 2 && (message.yiaddr() == 0 || frame.fromPort() == 4011);
        if (type.isEmpty() || bootServers) {
            return;
        }
        String sender = message.op() == 2 ? "DHCP server's " : message.has(77) ? "iPXE's " : "";
        String port = frame.toPort() == 4011 ? " to port 4011" : "";
        dhcp.putIfAbsent(row + ", " + sender + type.get() + port, frame.payload());
    }

    /** Of DHCP; the same bytes under two names are told once. */
    public String dhcpText() {
        return text(dhcp);
    }

    /** Of TFTP: read requests and what else came to port 69. */
    public String tftpText() {
        return text(tftp);
    }

    private static String text(Map<String, byte[]> packets) {
        Map<String, byte[]> once = new LinkedHashMap<>();
        packets.forEach((name, bytes) -> {
            if (once.values().stream().noneMatch(known -> Arrays.equals(known, bytes))) {
                once.put(name, bytes);
            }
        });
        return once.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "# lab %s%n%s%n", e.getKey(), lines(e.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static String lines(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{" + COLUMNS + "})(?=.)", "$1\n");
    }
}
