package org.pxemesh.netboot.tftp;

/**
 * What a server grants.
 *
 * @param mtu of the interface that serves, in octets; blocks never need IP fragments, which most PXE clients cannot join
 * @param maxWindow blocks in flight, 1 to 65535
 * @param maxWindowBytes octets in flight, whatever block size and window ask for
 */
public record TransferLimits(int mtu, int maxWindow, int maxWindowBytes) {

    /** IPv4 header, UDP header, TFTP header. */
    private static final int OVERHEAD = 20 + 8 + TftpCodec.DATA_HEADER;

    public TransferLimits {
        if (mtu < OVERHEAD + Agreement.MIN_BLOCK_SIZE || maxWindow < 1 || maxWindowBytes < 1) {
            throw new IllegalArgumentException("mtu=" + mtu + " maxWindow=" + maxWindow + " maxWindowBytes="
                    + maxWindowBytes + ": the MTU must be at least 40, the others 1");
        }
    }

    /** An Ethernet's MTU, 64 blocks, 64 KiB: beyond that clients' socket buffers overflow. */
    public static TransferLimits ethernet() {
        return new TransferLimits(1500, 64, 64 * 1024);
    }

    int maxBlockSize() {
        return Math.min(mtu - OVERHEAD, Agreement.MAX_BLOCK_SIZE);
    }
}
