package org.pxemesh.agent.host.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The places of a {@code struct mmsghdr} of 64-bit Linux. */
final class MessageHeader {

    static final int SIZE = 64;
    /** An {@code iovec}: address and length. */
    static final int VECTOR = 16;

    static final int CONTROL = 32;
    static final int CONTROL_LENGTH = 40;
    /** What the kernel received or sent. */
    static final int LENGTH = 56;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;

    private MessageHeader() {}

    /** A message with one vector and no control data. */
    static void set(MemorySegment headers, int i, long name, long vector) {
        long at = (long) SIZE * i;
        headers.set(ValueLayout.JAVA_LONG, at + NAME, name);
        headers.set(ValueLayout.JAVA_INT, at + NAME_LENGTH, SendSlots.NAME);
        headers.set(ValueLayout.JAVA_LONG, at + VECTORS, vector);
        headers.set(ValueLayout.JAVA_LONG, at + VECTOR_COUNT, 1);
    }
}
