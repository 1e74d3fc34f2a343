package org.pxemesh.zoo.sim;

import java.util.List;
import org.pxemesh.zoo.wire.Datagram;

/** A host on the simulated segment. It may keep state; what it does depends on nothing but its calls. */
public interface Host {

    /** Its address; 0 while it has none (it then hears broadcasts, and what is sent to 0.0.0.0's owner never). */
    int address();

    /** A datagram for it, or a broadcast. */
    List<Datagram> hear(Datagram datagram, long now);

    /** When it wants {@link #tick}; {@link Long#MAX_VALUE} for never. */
    long dueAt();

    List<Datagram> tick(long now);
}
