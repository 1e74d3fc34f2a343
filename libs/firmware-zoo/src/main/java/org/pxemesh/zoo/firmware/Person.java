package org.pxemesh.zoo.firmware;

/** Who sits in front of a machine that shows a boot menu's prompt. */
public enum Person {
    /** Nobody: the prompt's time-out takes the menu's first entry. */
    NOBODY,
    /** F8, the second entry, Enter. */
    TAKES_THE_SECOND,
    /** Escape. */
    ESCAPES;

    /** How long somebody who is there takes. */
    private static final long REACTION_MILLIS = 1_000;

    private static final int FOR_EVER = 255;

    /** When the prompt is over. */
    long answersAt(int promptSeconds, long now) {
        long timeOut = promptSeconds == FOR_EVER ? Long.MAX_VALUE : now + promptSeconds * 1_000L;
        return this == NOBODY ? timeOut : Math.min(timeOut, now + REACTION_MILLIS);
    }
}
