package org.pxemesh.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entry that Jazzer calls; system property {@code pxemesh.fuzz.target} says for which {@link Target} (or class, see
 * {@link Reading#named}). With {@value #ALL} the first octet of an input says it. Memory and time count as well: see
 * {@link Cost}. An input that exceeds its bound here is weighed again where Jazzer is not, and that counts.
 */
public final class Fuzz {

    /** All targets in one process. */
    static final String ALL = "ALL";

    private static final int TIMES = 3;
    private static final Target[] TARGETS = Target.values();
    private static final String CHOSEN = System.getProperty("pxemesh.fuzz.target", ALL);
    private static final @Nullable Reading READING = CHOSEN.equals(ALL) ? null : Reading.named(CHOSEN);

    private static @Nullable PlainJvm plain;

    private Fuzz() {}

    /** Jazzer's convention. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (READING != null) {
            runBesideJazzer(CHOSEN, READING, bytes);
        } else if (bytes.length > 0) {
            Target target = TARGETS[(bytes[0] & 0xff) % TARGETS.length];
            runBesideJazzer(target.name(), target, Arrays.copyOfRange(bytes, 1, bytes.length));
        }
    }

    private static void runBesideJazzer(String name, Reading reading, byte[] bytes) {
        if (Cost.of(reading, bytes).excess(reading, bytes.length).isPresent()) {
            judge(name, reading, plain().weigh(name, bytes), bytes.length);
        }
    }

    /** Reads an input where Jazzer is not. */
    static void run(Target target, byte[] bytes) {
        judge(target.name(), target, Cost.least(target, bytes, TIMES), bytes.length);
    }

    private static void judge(String name, Reading reading, Cost cost, int length) {
        Optional<String> excess = cost.excess(reading, length);
        if (excess.isPresent()) {
            throw new IllegalStateException(length + " bytes of input made " + name + " " + excess.get());
        }
    }

    private static PlainJvm plain() {
        try {
            PlainJvm known = plain == null ? new PlainJvm() : plain;
            plain = known;
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException("no Java without Jazzer can be started", e);
        }
    }
}
