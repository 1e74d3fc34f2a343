package org.pxemesh.netboot.tftp;

/**
 * What a server grants.
 *
 * @param mtu of the interface that serves, in octets; blocks need no IP fragments, which most PXE clients cannot join
 * @param maxWindow blocks in flight, 1 to 65535
 * @param maxWindowBytes octets in flight, whatever block size and window ask for
 * @param clientWindow whether {@code msftwindow} is granted: the client then names each window's size in its ACKs
 * @param largestBlock octets of a block that a client may have which asks for so many and for no window: in lock-step each
 *     round trip brings one block, and fragments then pay. With windows, packets that the kernel cuts (UDP segmentation) are
 *     faster. 0: as many as a packet has
 */
public record TransferLimits(int mtu, int maxWindow, int maxWindowBytes, boolean clientWindow, int largestBlock) {

    /** IPv4 header, UDP header, TFTP header. */
    private static final int OVERHEAD = 20 + 8 + TftpCodec.DATA_HEADER;

    /** Windows as RFC 7440 has them, and no others. */
    public TransferLimits(int mtu, int maxWindow, int maxWindowBytes) {
        this(mtu, maxWindow, maxWindowBytes, false, 0);
    }

    public TransferLimits {
        if (mtu < OVERHEAD + Agreement.MIN_BLOCK_SIZE || maxWindow < 1 || maxWindowBytes < 1) {
            throw new IllegalArgumentException("mtu=" + mtu + " maxWindow=" + maxWindow + " maxWindowBytes="
                    + maxWindowBytes + ": the MTU must be at least 40, the others 1");
        }
        if (largestBlock != 0
                && (largestBlock < Agreement.DEFAULT_BLOCK_SIZE || largestBlock > Agreement.MAX_BLOCK_SIZE)) {
            throw new IllegalArgumentException("largestBlock=" + largestBlock + ": " + Agreement.DEFAULT_BLOCK_SIZE
                    + " to " + Agreement.MAX_BLOCK_SIZE + ", or 0");
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

    /** Octets of the most DATA packets that may be in flight. */
    public int mostOctets() {
        return Math.max(maxWindowBytes, Math.max(mtu - OVERHEAD, largestBlock)) + maxWindow * TftpCodec.DATA_HEADER;
    }

    /** Whether a transfer that another server agreed to is within what this one grants. */
    public boolean allow(Agreement agreement) {
        return agreement.blockSize() <= Math.max(mtu - OVERHEAD, largestBlock)
                && agreement.windowSize() <= mostBlocks(agreement.blockSize());
    }

    /** @param window blocks that the client asked for at a time */
    int maxBlockSize(int window) {
        int packet = Math.min(mtu - OVERHEAD, Agreement.MAX_BLOCK_SIZE);
        return largestBlock == 0 || largestBlock > packet && window > 1 ? packet : largestBlock;
    }
}
