package org.pxemesh.netboot.tftp;

import java.io.ByteArrayOutputStream;

/** Text as the network virtual terminal has it (RFC 764, RFC 1350): lines end with CR LF, a lone CR is CR NUL. */
public final class Netascii {

    private Netascii() {}

    /** The text of a Unix file for the wire. */
    public static byte[] encode(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + text.length / 16 + 16);
        for (byte octet : text) {
            if (octet == '\n') {
                out.write('\r');
            }
            out.write(octet);
            if (octet == '\r') {
                out.write(0);
            }
        }
        return out.toByteArray();
    }
}
