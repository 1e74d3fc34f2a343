package org.pxemesh.zoo;

import java.util.List;

/**
 * Something that runs on a bare machine, as a value: firmware or one of its TFTP transfers. Times are monotonic
 * milliseconds; the same events at the same times give the same packets.
 */
public interface Program {

    /** The program after an event, and what it did. */
    Step on(ZooEvent event, long now);

    /** When it wants {@link ZooEvent.Tick}; {@link Long#MAX_VALUE} when it is over or only listens. */
    long dueAt();

    boolean isOver();

    /**
     * A program's move.
     *
     * @param next the program from now on
     */
    record Step(Program next, List<ZooEffect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }

        public static Step of(Program next, ZooEffect... effects) {
            return new Step(next, List.of(effects));
        }
    }
}
