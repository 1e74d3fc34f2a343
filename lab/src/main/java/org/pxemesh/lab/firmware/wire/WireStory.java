package org.pxemesh.lab.firmware.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.Endpoint;

/** A machine's boot as its network cable saw it, a line per event: who asked what, who answered how. */
public final class WireStory {
    private static final List<String> TYPES =
            List.of("BOOTP", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM");
    private static final int TFTP = 69;

    private WireStory() {}

    /** The lines that concern a machine; repetitions are left out. */
    public static List<String> of(List<Frame> frames, String mac) {
        List<String> lines = new ArrayList<>();
        String last = "";
        for (Frame frame : frames) {
            String line = line(frame, mac);
            if (line != null && !line.equals(last)) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%.2f s  %s",
                        frame.second() - frames.getFirst().second(),
                        line));
                last = line;
            }
        }
        return lines;
    }

    /** The DHCP messages of a machine, with what carried them. */
    public static List<Frame> dhcp(List<Frame> frames, String mac) {
        return frames.stream()
                .filter(f -> !f.tcp() && message(f, mac).isPresent())
                .toList();
    }

    /** The file that a packet asks for by TFTP or HTTP, as it is written there; empty when it asks for none. */
    public static String asked(Frame frame) {
        String[] words = String.valueOf(frame.tcp() ? http(frame) : tftp(frame)).split(" ", 4);
        boolean file = words.length > 2 && (words[1].equals("read") || words[1].equals("GET"));
        return file ? words[2] : "";
    }

    /** The message's type in words, as far as it is one of RFC 2131's. */
    static Optional<String> typeName(DhcpMessage message) {
        return message.type() < TYPES.size() ? Optional.of(TYPES.get(message.type())) : Optional.empty();
    }

    /** What a datagram to the TFTP port asks for. */
    static String tftpName(Frame frame) {
        String line = tftp(frame);
        return line == null ? "TFTP" : line;
    }

    private static @Nullable String line(Frame frame, String mac) {
        if (frame.tcp()) {
            return http(frame);
        }
        Optional<DhcpMessage> message = message(frame, mac);
        return message.isPresent() ? dhcp(frame, message.get()) : tftp(frame);
    }

    private static Optional<DhcpMessage> message(Frame frame, String mac) {
        byte[] address = HexFormat.ofDelimiter(":").parseHex(mac);
        return DhcpMessage.read(frame.payload())
                .filter(m -> Arrays.equals(Arrays.copyOf(m.chaddr(), address.length), address));
    }

    private static String dhcp(Frame frame, DhcpMessage m) {
        StringBuilder line = new StringBuilder(typeName(m).orElse("type " + m.type()));
        if (m.op() == 1) {
            line.append(frame.toPort() == 4011 ? " to port 4011" : "");
            m.option(93).ifPresent(v -> line.append(" arch=").append(v[v.length - 1] & 255));
            m.text(60).ifPresent(v -> line.append(" class=").append(v, 0, Math.min(v.length(), 10)));
            m.text(77).ifPresent(v -> line.append(" user=").append(v));
        } else {
            line.append(m.yiaddr() == 0 || frame.fromPort() == 4011 ? " by boot server " : " by DHCP server ");
            line.append(Endpoint.text(m.serverId()));
            line.append(m.yiaddr() == 0 ? "" : " address=" + Endpoint.text(m.yiaddr()));
            m.text(60).ifPresent(v -> line.append(" class=").append(v).append(m.has(43) ? " with 43" : ""));
            String file = m.text(67).orElse(m.file());
            line.append(file.isEmpty() ? "" : " file=" + file);
        }
        return line.append(m.giaddr() == 0 ? "" : " giaddr=" + Endpoint.text(m.giaddr()))
                .toString();
    }

    private static @Nullable String tftp(Frame frame) {
        byte[] p = frame.payload();
        if (p.length < 4 || p[0] != 0) {
            return null;
        }
        String rest = new String(p, 2, p.length - 2, StandardCharsets.ISO_8859_1).replace('\0', ' ');
        return switch (p[1]) {
            case 1 -> frame.toPort() == TFTP ? "TFTP read " + rest.strip() : null;
            case 5 ->
                "TFTP ERROR " + p[3] + " by " + frame.from() + ":"
                        + rest.substring(2).stripTrailing();
            case 6 -> "TFTP OACK " + rest.strip();
            default -> null;
        };
    }

    /** The first line of a request, and of an answer. */
    private static @Nullable String http(Frame frame) {
        String text = new String(frame.payload(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\r');
        boolean start = text.startsWith("GET ") || text.startsWith("HEAD ") || text.startsWith("HTTP/1.");
        return start && end > 0 ? "HTTP " + text.substring(0, end) : null;
    }
}
