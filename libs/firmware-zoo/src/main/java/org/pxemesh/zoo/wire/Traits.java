package org.pxemesh.zoo.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a packet shows of the program that made it, line by line in the packet's order, and nothing of the machine, the
 * network and the moment: two machines with the same firmware have the same traits. So a model is compared with what it
 * models, and a capture with those that are known.
 */
public final class Traits {

    private static final HexFormat HEX = HexFormat.of();

    /** Addresses, names, times, a relay's additions: the network's. */
    private static final Set<Integer> OF_THE_NETWORK = Set.of(1, 3, 6, 12, 15, 28, 50, 51, 54, 58, 59, 82);

    private static final int PARAMETERS = 55;
    private static final int CLIENT_ID = 61;
    private static final int SYSTEM_ID = 97;
    private static final int IPXE = 175;

    /** iPXE's sub-option with the bus address of the card that it drives: type of the bus, vendor, device. */
    private static final int IPXE_BUS = 177;

    private Traits() {}

    /** A DHCP message's: its fixed fields, then a line for each option; empty for what is no DHCP message. */
    public static List<String> ofDhcp(byte[] packet) {
        return DhcpMessage.read(packet).map(Traits::of).orElse(List.of());
    }

    /** A read request's: its mode, then a line for each option; empty for what is none. */
    public static List<String> ofReadRequest(byte[] packet) {
        if (packet.length < 4 || Tftp.operation(packet) != 1) {
            return List.of();
        }
        String[] words = new String(packet, 2, packet.length - 2, StandardCharsets.ISO_8859_1).split("\0", -1);
        List<String> traits = new ArrayList<>();
        if (words.length > 2) {
            traits.add(words[1]);
        }
        for (int at = 2; at + 2 < words.length; at += 2) {
            traits.add(words[at] + " " + words[at + 1]);
        }
        return traits;
    }

    private static List<String> of(DhcpMessage message) {
        List<String> traits = new ArrayList<>();
        traits.add("op " + message.op() + ", hardware " + HEX.toHexDigits((short) message.hardware()));
        traits.add(message.wantsBroadcast() ? "answers by broadcast" : "answers to its address");
        traits.add("ciaddr " + set(message.ciaddr()) + ", giaddr " + set(message.giaddr()));
        for (int code : message.codes()) {
            traits.addAll(option(message, code, message.option(code).orElse(new byte[0])));
        }
        return traits;
    }

    private static String set(int address) {
        return address == 0 ? "0" : "set";
    }

    private static List<String> option(DhcpMessage message, int code, byte[] value) {
        if (OF_THE_NETWORK.contains(code)) {
            return List.of(code + " of " + value.length);
        }
        return switch (code) {
            case SYSTEM_ID ->
                List.of(code + " " + HEX.formatHex(value, 0, Math.min(1, value.length)) + " and "
                        + Math.max(0, value.length - 1));
            case CLIENT_ID -> List.of(code + " " + clientId(message, value));
            case IPXE -> inside(message);
            case PARAMETERS -> List.of(code + " " + parameters(message, value));
            default -> List.of(code + " " + text(value).orElse(HEX.formatHex(value)));
        };
    }

    /** EDK2's HTTP Boot leaves one octet of its list unwritten (HttpBootBuildDhcp4Options): that is the moment's. */
    private static String parameters(DhcpMessage message, byte[] list) {
        boolean http = message.text(60).filter(t -> t.startsWith("HTTPClient")).isPresent() && list.length == 27;
        String hex = HEX.formatHex(list);
        return http ? hex.substring(0, 48) + "??" + hex.substring(50) : hex;
    }

    private static String clientId(DhcpMessage message, byte[] value) {
        boolean hardware = value.length > 1
                && Arrays.equals(
                        Arrays.copyOfRange(value, 1, value.length), Arrays.copyOf(message.chaddr(), value.length - 1));
        return hardware ? HEX.toHexDigits(value[0]) + " and the hardware address" : HEX.formatHex(value);
    }

    private static List<String> inside(DhcpMessage message) {
        List<String> traits = new ArrayList<>();
        message.inside(IPXE)
                .forEach((sub, value) ->
                        traits.add("175." + sub + " " + (sub == IPXE_BUS ? value.length : HEX.formatHex(value))));
        return traits;
    }

    private static Optional<String> text(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        return text.length() > 3 && text.chars().allMatch(c -> c >= ' ' && c < 127)
                ? Optional.of('"' + text + '"')
                : Optional.empty();
    }
}
