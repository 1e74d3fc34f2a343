package org.pxemesh.events;

/**
 * A file went to a boot client.
 *
 * @param boot which boot, where, told by whom
 * @param protocol {@code tftp} or {@code http}
 * @param path as asked, normalised
 * @param bytes sent and acknowledged
 * @param seconds from the request to the last acknowledgement
 * @param blockSize TFTP block size in bytes, 0 for HTTP
 * @param windowSize TFTP window in blocks, 0 for HTTP
 * @param retransmits blocks sent more than once
 */
public record FileServed(
        BootRef boot,
        String protocol,
        String path,
        long bytes,
        double seconds,
        int blockSize,
        int windowSize,
        int retransmits)
        implements Event {}
