package org.pxemesh.bench.tftp;

/**
 * What the clients do.
 *
 * @param clients at once
 * @param transfers in all
 * @param blockSize asked for, octets; 512 asks for none
 * @param windowSize asked for, blocks (RFC 7440); 1 asks for none
 * @param lossPercent of the DATA packets that a client drops
 */
record Load(int clients, int transfers, int blockSize, int windowSize, int lossPercent) {

    /** As the rows name it. */
    String name() {
        return clients + (clients == 1 ? " client" : " clients") + ", blksize " + blockSize
                + (windowSize == 1 ? ", lock-step" : ", windowsize " + windowSize)
                + (lossPercent == 0 ? "" : ", " + lossPercent + " % loss");
    }
}
