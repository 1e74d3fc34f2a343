package org.pxemesh.lab.firmware.wire;

/**
 * A UDP datagram, or a TCP segment with data, in a capture.
 *
 * @param second when it passed, in seconds since 1970, to the microsecond
 * @param from its sender's IPv4 address
 * @param payload what UDP or TCP carried, as far as the capture has it
 */
public record Frame(double second, boolean tcp, String from, int fromPort, String to, int toPort, byte[] payload) {}
