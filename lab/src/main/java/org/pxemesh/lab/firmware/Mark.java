package org.pxemesh.lab.firmware;

import java.util.List;

/**
 * A text that tells that a machine has reached a stage.
 *
 * @param where on its console, or in the story of its network cable ({@link org.pxemesh.lab.firmware.wire.WireStory})
 * @param keys that a person presses then, as QEMU names them
 */
public record Mark(Stage stage, Where where, String text, List<String> keys) {
    /** Where a mark is looked for. */
    public enum Where {
        CONSOLE,
        WIRE
    }

    static Mark console(Stage stage, String text) {
        return new Mark(stage, Where.CONSOLE, text, List.of());
    }

    static Mark wire(Stage stage, String text) {
        return new Mark(stage, Where.WIRE, text, List.of());
    }

    /** The same, and a person presses keys at this sight. */
    Mark then(String... pressed) {
        return new Mark(stage, where, text, List.of(pressed));
    }
}
