package org.pxemesh.lab.firmware;

import java.nio.ByteBuffer;

/**
 * Takes out of a machine's DHCP messages what names iPXE: the user class (option 77) and iPXE's own option 175 become
 * options that nobody knows, of the same length. From its first TFTP request on, what the machine sends stays as it is.
 */
final class DisguisedFrames {
    private static final int ETHERNET = 14;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int DHCP = 67;
    private static final int BOOT_SERVER = 4011;
    private static final int TFTP = 69;
    private static final int OPTIONS = 240;
    private static final int END = 255;
    private static final int USER_CLASS = 77;
    private static final int IPXE = 175;
    private static final int SITE_SPECIFIC = 224;
    private static final int ANOTHER_SITE_SPECIFIC = 225;

    private boolean over;

    /** Changes a frame in place, or leaves it. */
    void pass(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        if (over || frame.length < ETHERNET + 28 || in.getShort(12) != 0x0800 || frame[ETHERNET + 9] != UDP) {
            return;
        }
        int udp = ETHERNET + (frame[ETHERNET] & 15) * 4;
        int data = udp + UDP_HEADER;
        if (data > frame.length) {
            return;
        }
        int port = in.getShort(udp + 2) & 0xffff;
        if (port == TFTP) {
            over = true;
        } else if (port == DHCP || port == BOOT_SERVER) {
            rename(frame, data + OPTIONS);
            in.putShort(udp + 6, (short) 0); // no checksum, which IPv4 allows
        }
    }

    private static void rename(byte[] frame, int from) {
        int at = from;
        while (at + 1 < frame.length && (frame[at] & 255) != END) {
            int code = frame[at] & 255;
            if (code == USER_CLASS) {
                frame[at] = (byte) SITE_SPECIFIC;
            } else if (code == IPXE) {
                frame[at] = (byte) ANOTHER_SITE_SPECIFIC;
            }
            at += code == 0 ? 1 : 2 + (frame[at + 1] & 255);
        }
    }
}
