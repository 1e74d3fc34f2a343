package org.pxemesh.netboot.watch;

import java.util.BitSet;
import java.util.Optional;

/**
 * What of a foreign option 43 matters here.
 *
 * @param control discovery control (sub-option 6), 0 without it
 * @param listsServers whether there is a list of boot servers (sub-option 8)
 */
record PxeMenu(int control, boolean listsServers) {

    private static final int CONTROL = 6;
    private static final int SERVERS = 8;
    private static final int LAST = 10;
    private static final int LISTED_ONLY = 4;
    private static final int BYPASS = 8;

    /** Empty where none of PXE's sub-options 6 to 10 stands in it: then it is some other vendor's. */
    static Optional<PxeMenu> read(byte[] option43) {
        BitSet present = new BitSet();
        int control = 0;
        int at = 0;
        while (at + 1 < option43.length && (option43[at] & 0xff) != 255) {
            int code = option43[at] & 0xff;
            int length = option43[at + 1] & 0xff;
            if (code == 0) {
                at++;
                continue;
            }
            if (at + 2 + length > option43.length) {
                break;
            }
            present.set(code);
            if (code == CONTROL && length == 1) {
                control = option43[at + 2] & 0xff;
            }
            at += 2 + length;
        }
        int first = present.nextSetBit(CONTROL);
        return first < 0 || first > LAST ? Optional.empty() : Optional.of(new PxeMenu(control, present.get(SERVERS)));
    }

    boolean bypassesDiscovery() {
        return (control & BYPASS) != 0;
    }

    boolean lacksItsList() {
        return (control & LISTED_ONLY) != 0 && !listsServers && !bypassesDiscovery();
    }
}
