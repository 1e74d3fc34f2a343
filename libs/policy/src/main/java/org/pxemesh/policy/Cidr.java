package org.pxemesh.policy;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A block of IP addresses, {@code 10.20.0.0/16} or {@code 2001:db8::/48}.
 *
 * @param network the lowest address
 * @param prefix length in bits, 0 to 32 or 128
 */
public record Cidr(InetAddress network, int prefix) {

    // Old C libraries read 10.1 as 10.0.0.1 and 010 as 8; so would the platform's parser.
    private static final Pattern FOUR_NUMBERS = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    /**
     * Reads a block.
     *
     * @throws IllegalArgumentException saying what is wrong, for people
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' has no prefix length; write 10.20.0.0/16");
        }
        InetAddress address = address(text, text.substring(0, slash));
        int bits = address.getAddress().length * 8;
        String length = text.substring(slash + 1);
        int prefix = length.matches("\\d{1,3}") ? Integer.parseInt(length) : Integer.MAX_VALUE;
        if (prefix > bits) {
            throw new IllegalArgumentException("'" + text + "' has a prefix length outside 0 to " + bits);
        }
        Cidr block = of(address, prefix);
        if (!block.network.equals(address)) {
            throw new IllegalArgumentException("'" + text + "' has bits set behind its prefix; meant " + block + "?");
        }
        return block;
    }

    /** The block of that prefix length around an address. */
    public static Cidr of(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        try {
            return new Cidr(InetAddress.getByAddress(bytes), prefix);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    public boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && of(address, prefix).network.equals(network);
    }

    public boolean overlaps(Cidr other) {
        return prefix <= other.prefix ? contains(other.network) : other.contains(network);
    }

    private static InetAddress address(String text, String address) {
        boolean looksRight = address.indexOf(':') >= 0
                ? address.indexOf('%') < 0
                : FOUR_NUMBERS.matcher(address).matches();
        try {
            if (looksRight) {
                return InetAddress.ofLiteral(address);
            }
        } catch (IllegalArgumentException e) {
            // Falls through to our own words.
        }
        throw new IllegalArgumentException("'" + text + "' does not start with an IP address; write 10.20.0.0/16");
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
