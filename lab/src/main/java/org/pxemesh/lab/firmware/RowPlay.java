package org.pxemesh.lab.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.pxemesh.lab.client.Keyboard;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.firmware.wire.WireStory;
import org.pxemesh.lab.firmware.wire.Wiretap;
import org.pxemesh.lab.site.Site;

/** Boots a row's machine until its proof is seen, or its patience is at an end. */
final class RowPlay {
    private static final long BETWEEN_LOOKS_NANOS = 100_000_000;

    private final Row row;
    private final String mac;
    private final ObjectNode result;
    private final ArrayNode stages;

    /** @param result of the row; is filled in also when the row breaks off */
    RowPlay(Row row, String mac, ObjectNode result) {
        this.row = row;
        this.mac = mac;
        this.result = result;
        this.stages = result.putArray("stages");
    }

    /** Whether the proof was seen. */
    boolean in(Site site) {
        String tap = site.tap();
        Wiretap wiretap = Wiretap.start(site, tap, "machine");
        long began = System.nanoTime();
        Disguise disguise = row.board().isDisguised() ? Disguise.in(site.folder()) : null;
        List<String> command = new ArrayList<>(row.board().command(variables(site.folder()), mac));
        if (disguise != null) {
            command.addAll(disguise.arguments());
        }
        Keyboard keyboard = Keyboard.in(site.folder(), "machine");
        command.addAll(keyboard.arguments());
        Machine machine = Machine.switchOn(site, tap, "machine", command, mac);
        try {
            return watch(machine, keyboard, wiretap, began);
        } finally {
            machine.switchOff();
            if (disguise != null) {
                disguise.close();
            }
            wiretap.stop();
            List<String> story = WireStory.of(wiretap.frames(), mac);
            story.forEach(result.putArray("wire")::add);
            result.put("capture", wiretap.file().toString());
            result.put("consoleFile", site.folder().resolve("machine.serial").toString());
        }
    }

    private boolean watch(Machine machine, Keyboard keyboard, Wiretap wiretap, long began) {
        List<Mark> left = new ArrayList<>(row.marks());
        long deadline = began + row.patience().toNanos();
        boolean last = false;
        while (true) {
            String console = Console.plain(machine.console());
            String wire = String.join("\n", WireStory.of(wiretap.frames(), mac));
            double second = Math.round((System.nanoTime() - began) / 1e8) / 10.0;
            while (!left.isEmpty() && sees(left.getFirst(), console, wire, second)) {
                keyboard.press(left.removeFirst().keys());
            }
            if (left.isEmpty() || last) {
                return left.isEmpty();
            }
            // What it showed right before it switched itself off counts too.
            last = !machine.isOn() || System.nanoTime() > deadline;
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private boolean sees(Mark mark, String console, String wire, double second) {
        String text = mark.where() == Mark.Where.CONSOLE ? console : wire;
        int at = text.indexOf(mark.text());
        if (at < 0) {
            return false;
        }
        stages.addObject()
                .put("stage", mark.stage().name())
                .put("second", second)
                .put(
                        "evidence",
                        mark.where().name().toLowerCase(java.util.Locale.ROOT) + ": " + Console.lineAt(text, at));
        result.put("reached", mark.stage().name()).put("seconds", second);
        return true;
    }

    private Path variables(Path folder) {
        Path copy = folder.resolve("machine.vars");
        if (!row.board().isBios()) {
            try {
                Files.copy(Path.of(row.board().variables()), copy, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(row.board().variables() + " cannot be copied", e);
            }
        }
        return copy;
    }
}
