package org.pxemesh.packageservice.build;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets a build's status pass at once when its stage changes, and otherwise a few times a second. */
final class Throttle implements Progress.Listener {

    static final Duration PAUSE = Duration.ofMillis(500);

    private final InstantSource clock;
    private final Consumer<Progress> every;
    private final Consumer<Progress> some;
    private @Nullable Stage stage;
    private Instant next = Instant.MIN;

    /**
     * @param every hears all
     * @param some hears what passes
     */
    Throttle(InstantSource clock, Consumer<Progress> every, Consumer<Progress> some) {
        this.clock = clock;
        this.every = every;
        this.some = some;
    }

    @Override
    public void progressed(Progress progress) {
        every.accept(progress);
        Instant now = clock.instant();
        if (progress.stage() != stage || !now.isBefore(next)) {
            stage = progress.stage();
            next = now.plus(PAUSE);
            some.accept(progress);
        }
    }
}
