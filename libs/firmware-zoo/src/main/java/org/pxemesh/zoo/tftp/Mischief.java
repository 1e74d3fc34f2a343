package org.pxemesh.zoo.tftp;

import java.util.Set;

/**
 * What goes wrong on a client's side, on purpose.
 *
 * @param lost blocks that do not arrive the first time, from 1
 * @param asksTwice whether the request goes out twice at once
 * @param intrudes whether a stranger's port acknowledges into the running transfer
 * @param acks how often each ACK is sent
 * @param ackTail octets behind each ACK
 */
public record Mischief(Set<Long> lost, boolean asksTwice, boolean intrudes, int acks, int ackTail) {

    public static final Mischief NONE = new Mischief(Set.of(), false, false, 1, 0);

    public Mischief {
        lost = Set.copyOf(lost);
    }

    public static Mischief losing(long... blocks) {
        return new Mischief(Set.of(java.util.Arrays.stream(blocks).boxed().toArray(Long[]::new)), false, false, 1, 0);
    }

    /** The client's address in ACKs as the wire has them. */
    byte[] tail(byte[] ack) {
        return java.util.Arrays.copyOf(ack, ack.length + ackTail);
    }
}
