package org.pxemesh.lab.firmware;

/**
 * A text that tells that a machine has reached a stage.
 *
 * @param where on its console, or in the story of its network cable ({@link org.pxemesh.lab.firmware.wire.WireStory})
 */
public record Mark(Stage stage, Where where, String text) {
    /** Where a mark is looked for. */
    public enum Where {
        CONSOLE,
        WIRE
    }

    static Mark console(Stage stage, String text) {
        return new Mark(stage, Where.CONSOLE, text);
    }

    static Mark wire(Stage stage, String text) {
        return new Mark(stage, Where.WIRE, text);
    }
}
