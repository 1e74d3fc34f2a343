package org.pxemesh.netboot.pxe;

import java.nio.charset.StandardCharsets;

/** Option 77. RFC 3004 wants a list of length-prefixed strings; iPXE sends its bare name. Both are read. */
final class UserClass {

    private UserClass() {}

    /** The first class of the list, or the whole value when it is no list. */
    static String decode(byte[] value) {
        if (isList(value)) {
            return new String(value, 1, value[0] & 0xff, StandardCharsets.ISO_8859_1);
        }
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    private static boolean isList(byte[] value) {
        int at = 0;
        while (at < value.length && value[at] != 0) {
            at += 1 + (value[at] & 0xff);
        }
        return value.length > 0 && at == value.length;
    }
}
