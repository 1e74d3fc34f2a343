package org.pxemesh.agent.host.linux;

import java.nio.ByteOrder;

/** The first eight octets of a {@code sockaddr_in} as a number in network order: family, port, address. */
final class SocketName {

    private static final long AF_INET = 2;
    private static final long FAMILY = (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? AF_INET : AF_INET << 8) << 48;
    private static final long REST = 0xffff_ffff_ffffL;

    private SocketName() {}

    static long of(long key) {
        return FAMILY | key;
    }

    /** As {@link org.pxemesh.netboot.tftp.TransferTable#key} has it: port, then address. */
    static long key(long name) {
        return name & REST;
    }
}
