package org.pxemesh.netboot.tftp;

import java.util.Map;

/** A TFTP packet. DATA is described, not carried: the edge that owns the file fills it in. */
public sealed interface TftpPacket {

    /**
     * RRQ.
     *
     * @param fileName as sent; see {@link TftpNames}
     * @param mode lower case, {@code octet} as a rule
     * @param options lower-case names in their order, with their values as sent; of repeated ones the first
     */
    record ReadRequest(String fileName, String mode, Map<String, String> options) implements TftpPacket {}

    /** WRQ: always refused, so that nothing but the name is kept. */
    record WriteRequest(String fileName) implements TftpPacket {}

    /**
     * DATA, as its header.
     *
     * @param block 0 to 65535
     * @param length octets of payload
     */
    record Data(int block, int length) implements TftpPacket {}

    /**
     * ACK.
     *
     * @param block 0 to 65535
     */
    record Ack(int block) implements TftpPacket {}

    /** OACK. */
    record OptionAck(Map<String, String> options) implements TftpPacket {}

    /** ERROR. */
    record ErrorPacket(ErrorCode code, String message) implements TftpPacket {}
}
