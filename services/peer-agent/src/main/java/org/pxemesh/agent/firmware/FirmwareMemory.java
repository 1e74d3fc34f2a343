package org.pxemesh.agent.firmware;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.pxemesh.agent.AtomicFiles;
import org.pxemesh.netboot.learn.FormMemory;
import org.pxemesh.netboot.learn.Learned;
import org.pxemesh.netboot.pxe.ReplyForm;

/** The agent's {@link FormMemory}: on disk, and for several threads. A lost file costs an attempt of each firmware. */
public final class FirmwareMemory {
    private static final Logger LOG = Logger.getLogger(FirmwareMemory.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_FILE = 1L << 20;

    private final Path file;
    private final Clock clock;
    private final FormMemory memory = new FormMemory();
    private final List<Consumer<LearnedForm>> listeners = new CopyOnWriteArrayList<>();
    private boolean dirty;

    /** What the file holds. */
    private record Kept(List<LearnedForm> learned) {}

    public FirmwareMemory(Path stateDir, Clock clock) {
        this.file = stateDir.resolve("firmware.json");
        this.clock = clock;
    }

    /** Reads what a former run kept. */
    public void load() {
        try {
            if (Files.exists(file) && Files.size(file) <= MAX_FILE) {
                told(JSON.readValue(file.toFile(), Kept.class).learned());
                LOG.infof("event=firmware-memory-loaded entries=%d", all().size());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf(
                    "event=firmware-memory-unreadable file=%s action=learning-anew reason=\"%s\"",
                    file, e.getMessage());
        }
        synchronized (this) {
            dirty = false;
        }
    }

    /** Called with what this peer itself learned. */
    public void onLearned(Consumer<LearnedForm> listener) {
        listeners.add(listener);
    }

    /** Whether a firmware is known, and by which form. */
    public synchronized Optional<Learned> of(String fingerprint) {
        return memory.of(fingerprint);
    }

    /** This peer saw a firmware take a form. */
    void learn(String fingerprint, ReplyForm form) {
        var learned = new Learned(fingerprint, form, now());
        if (take(learned)) {
            listeners.forEach(listener -> listener.accept(LearnedForm.of(learned)));
        }
    }

    /** Takes in what a neighbour or the disk has; the later proof counts. */
    public void told(List<LearnedForm> all) {
        all.stream()
                .limit(FormMemory.CAPACITY)
                .flatMap(told -> told.learned().stream())
                .forEach(this::take);
    }

    /** All of it, for a neighbour that is new. */
    public synchronized List<LearnedForm> all() {
        return memory.all().stream().map(LearnedForm::of).toList();
    }

    private synchronized boolean take(Learned learned) {
        var news = memory.take(learned, now());
        dirty |= news;
        return news;
    }

    /** Writes what changed. */
    public void save() {
        List<LearnedForm> all;
        synchronized (this) {
            if (!dirty) {
                return;
            }
            memory.age(now());
            dirty = false;
            all = all();
        }
        try {
            AtomicFiles.write(file, JSON.writeValueAsBytes(new Kept(all)));
        } catch (IOException e) {
            LOG.warnf("event=firmware-memory-not-saved file=%s reason=\"%s\"", file, e.getMessage());
            synchronized (this) {
                dirty = true;
            }
        }
    }

    long now() {
        return clock.instant().getEpochSecond();
    }
}
