package org.pxemesh.netboot.tftp;

/**
 * What a server grants.
 *
 * @param mtu of the interface that serves, in octets; blocks never need IP fragments, which most PXE clients cannot join
 * @param maxWindow blocks in flight, 1 to 65535
 * @param maxWindowBytes octets in flight, whatever block size and window ask for
 * @param clientWindow whether {@code msftwindow} is granted: the client then names each window's size in its ACKs
 */
public record TransferLimits(int mtu, int maxWindow, int maxWindowBytes, boolean clientWindow) {

    /** IPv4 header, UDP header, TFTP header. */
    private static final int OVERHEAD = 20 + 8 + TftpCodec.DATA_HEADER;

    /** Windows as RFC 7440 has them, and no others. */
    public TransferLimits(int mtu, int maxWindow, int maxWindowBytes) {
        this(mtu, maxWindow, maxWindowBytes, false);
    }

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

    /** Blocks of a size that may be in flight, at least 1. */
    public int mostBlocks(int blockSize) {
        return Math.clamp(maxWindowBytes / blockSize, 1, maxWindow);
    }

    int maxBlockSize() {
        return Math.min(mtu - OVERHEAD, Agreement.MAX_BLOCK_SIZE);
    }
}
