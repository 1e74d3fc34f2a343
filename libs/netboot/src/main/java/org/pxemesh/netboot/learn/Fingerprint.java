package org.pxemesh.netboot.learn;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.OptionCode;

/**
 * What a DISCOVER tells about the firmware that made it: machines of one model and firmware give the same, so that one
 * of them can teach for all.
 *
 * @param vendorClass option 60, printable, at most 64 characters
 * @param architectures option 93 as hexadecimal digits
 * @param networkInterface option 94 (UNDI's version) as hexadecimal digits
 * @param parameters option 55, whose order is the firmware's own, as hexadecimal digits; 0 for what firmware leaves to chance
 * @param order numbers of the options in the order of the packet, without those that change with the network
 * @param maxMessageSize option 57 as hexadecimal digits
 * @param guidLength octets of option 97, -1 without it
 * @param vendor the hardware address's first three octets as hexadecimal digits; empty when it has not six
 */
public record Fingerprint(
        String vendorClass,
        String architectures,
        String networkInterface,
        String parameters,
        String order,
        String maxMessageSize,
        int guidLength,
        String vendor) {

    private static final HexFormat HEX = HexFormat.of();
    private static final int ID_OCTETS = 8;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + 2 * ID_OCTETS + "}");

    /** Longest text of a member; what a stranger sends beyond it counts in no fingerprint. */
    private static final int MAX_TEXT = 64;

    private static final int MAX_OCTETS = 128;

    /** Length of the list of EDK2's HTTP Boot, and the place in it that nobody writes. */
    private static final int EDK2_HTTP_LIST = 27;

    private static final int UNWRITTEN = 24;

    /** Host name, requested address, server, relay: they tell about the network and not about the firmware. */
    private static final Set<Integer> OF_THE_NETWORK = Set.of(12, 50, 54, 82);

    public static Fingerprint of(DhcpPacket discover) {
        DhcpOptions options = discover.options();
        HardwareAddress mac = discover.hardwareAddress();
        return new Fingerprint(
                printable(options.text(OptionCode.VENDOR_CLASS).orElse("")),
                hex(options, OptionCode.CLIENT_ARCHITECTURE),
                hex(options, OptionCode.CLIENT_INTERFACE),
                parameters(options),
                options.codes().stream()
                        .map(OptionCode::value)
                        .filter(code -> !OF_THE_NETWORK.contains(code))
                        .limit(MAX_TEXT)
                        .map(String::valueOf)
                        .collect(Collectors.joining(",")),
                hex(options, OptionCode.MAX_MESSAGE_SIZE),
                options.raw(OptionCode.CLIENT_GUID).map(value -> value.length).orElse(-1),
                mac.length() == 6 ? HEX.formatHex(mac.octets(), 0, 3) : "");
    }

    /** Whether a text can be a fingerprint's id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** 16 hexadecimal digits that stand for all of it in records, messages and files. */
    public String id() {
        String all = String.join(
                "\n",
                "1",
                vendorClass,
                architectures,
                networkInterface,
                parameters,
                order,
                maxMessageSize,
                String.valueOf(guidLength),
                vendor);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HEX.formatHex(digest, 0, ID_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * EDK2's HTTP Boot never writes one octet of its list, between 60 and 67 (HttpBootBuildDhcp4Options): what was in memory
     * there is sent, and differs between machines and between boots.
     */
    private static String parameters(DhcpOptions options) {
        byte[] list = options.raw(OptionCode.PARAMETER_LIST).orElse(new byte[0]).clone();
        boolean http = options.text(OptionCode.VENDOR_CLASS)
                .filter(text -> text.startsWith("HTTPClient"))
                .isPresent();
        if (http && list.length == EDK2_HTTP_LIST && list[UNWRITTEN - 1] == 60 && list[UNWRITTEN + 1] == 67) {
            list[UNWRITTEN] = 0;
        }
        return hex(list);
    }

    private static String hex(DhcpOptions options, OptionCode code) {
        return hex(options.raw(code).orElse(new byte[0]));
    }

    private static String hex(byte[] value) {
        return HEX.formatHex(value, 0, Math.min(value.length, MAX_OCTETS));
    }

    private static String printable(String text) {
        String head = text.substring(0, Math.min(text.length(), MAX_TEXT));
        return head.chars()
                .mapToObj(c -> c >= ' ' && c < 127 ? String.valueOf((char) c) : "?")
                .collect(Collectors.joining());
    }
}
