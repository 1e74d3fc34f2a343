package org.pxemesh.netboot.tftp;

/** What the server has to do now. */
public sealed interface TftpEffect {

    /** Nothing: the event changes nothing for the client. */
    record Nothing() implements TftpEffect {}

    /** Send the OACK with {@link Agreement#acknowledged()}. */
    record SendOptionAck() implements TftpEffect {}

    /**
     * Send DATA packets of consecutive blocks.
     *
     * @param first the first block, from 1, as a counter that does not wrap
     * @param count at least 1
     */
    record SendBlocks(long first, int count) implements TftpEffect {}

    /**
     * The file is with the client.
     *
     * @param acknowledged false when the last ACK never came, which some ROMs never send
     */
    record Finished(boolean acknowledged) implements TftpEffect {}

    /** The client only wanted the options, above all {@code tsize}: not a failure. */
    record Aborted(ErrorCode code, String message) implements TftpEffect {}

    /** The transfer broke off. */
    record Failed(String reason) implements TftpEffect {}
}
