package org.pxemesh.netboot.dhcp;

import static java.util.Map.entry;

import java.util.Map;

/**
 * A DHCP option's number. Open on purpose: an option that this list does not know survives decoding and encoding.
 *
 * @param value 1 to 254; 0 (pad) and 255 (end) are punctuation, not options
 */
public record OptionCode(int value) {

    public static final OptionCode HOST_NAME = new OptionCode(12);
    /** Never sent by us: EDK2 takes 512 times its value as the NBP's size and skips its own question. */
    public static final OptionCode BOOT_FILE_SIZE = new OptionCode(13);

    public static final OptionCode VENDOR_SPECIFIC = new OptionCode(43);
    public static final OptionCode REQUESTED_ADDRESS = new OptionCode(50);
    public static final OptionCode OVERLOAD = new OptionCode(52);
    public static final OptionCode MESSAGE_TYPE = new OptionCode(53);
    public static final OptionCode SERVER_ID = new OptionCode(54);
    public static final OptionCode PARAMETER_LIST = new OptionCode(55);
    public static final OptionCode MAX_MESSAGE_SIZE = new OptionCode(57);
    public static final OptionCode VENDOR_CLASS = new OptionCode(60);
    public static final OptionCode TFTP_SERVER_NAME = new OptionCode(66);
    public static final OptionCode BOOT_FILE = new OptionCode(67);
    public static final OptionCode USER_CLASS = new OptionCode(77);
    public static final OptionCode RELAY_AGENT = new OptionCode(82);
    public static final OptionCode CLIENT_ARCHITECTURE = new OptionCode(93);
    public static final OptionCode CLIENT_INTERFACE = new OptionCode(94);
    public static final OptionCode CLIENT_GUID = new OptionCode(97);
    /** Addresses of TFTP servers (RFC 5859): what some DHCP servers send in place of option 66. */
    public static final OptionCode TFTP_SERVERS = new OptionCode(150);
    /** Etherboot's encapsulated options; iPXE reads {@code 175.1} as a signed priority. */
    public static final OptionCode IPXE = new OptionCode(175);
    /** Path of the BCD store, read by Microsoft's boot manager. */
    public static final OptionCode BCD_PATH = new OptionCode(252);

    static final int PAD = 0;
    static final int END = 255;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            entry(12, "host-name"),
            entry(13, "boot-file-size"),
            entry(43, "vendor-specific"),
            entry(50, "requested-address"),
            entry(52, "overload"),
            entry(53, "message-type"),
            entry(54, "server-id"),
            entry(55, "parameter-list"),
            entry(57, "max-message-size"),
            entry(60, "vendor-class"),
            entry(66, "tftp-server-name"),
            entry(67, "boot-file"),
            entry(77, "user-class"),
            entry(82, "relay-agent"),
            entry(93, "client-architecture"),
            entry(94, "client-interface"),
            entry(97, "client-guid"),
            entry(150, "tftp-servers"),
            entry(175, "ipxe"),
            entry(252, "bcd-path"));

    public OptionCode {
        if (value <= PAD || value >= END) {
            throw new IllegalArgumentException("a DHCP option code is 1 to 254, not " + value);
        }
    }

    /** For logs: the name where we know one, and the number. */
    @Override
    public String toString() {
        return NAMES.getOrDefault(value, "option") + "(" + value + ")";
    }
}
