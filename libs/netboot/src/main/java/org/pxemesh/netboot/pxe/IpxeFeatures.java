package org.pxemesh.netboot.pxe;

/**
 * What an iPXE was built with, as it tells by option 175: a sub-option per feature, whose value is the feature's version
 * (iPXE's features.h).
 */
final class IpxeFeatures {

    private static final int HTTP = 19;
    private static final int LINUX = 24;
    private static final int END = 255;

    private IpxeFeatures() {}

    /** Whether it fetches over HTTP and starts Linux kernels (bzImage) by itself. */
    static boolean loadLinuxOverHttp(byte[] option175) {
        boolean http = false;
        boolean linux = false;
        int at = 0;
        while (at + 1 < option175.length && (option175[at] & 0xff) != END) {
            int code = option175[at] & 0xff;
            int length = option175[at + 1] & 0xff;
            if (code == 0) {
                at++;
                continue;
            }
            boolean there = length == 1 && at + 2 < option175.length && option175[at + 2] != 0;
            http |= code == HTTP && there;
            linux |= code == LINUX && there;
            at += 2 + length;
        }
        return http && linux;
    }
}
