package org.pxemesh.agent.segment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;

/** The names of the mesh's metrics; {@code docs/metrics.md} says what to do when one rises. */
public final class AgentMetrics {
    private final MeterRegistry registry;
    private final Counter malformed;
    private final Counter refused;
    private final Counter gaps;
    private final Counter evicted;
    private final Counter scrubbed;
    private final Counter lost;

    public AgentMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.malformed = registry.counter("pxemesh_mesh_malformed");
        this.refused = registry.counter("pxemesh_records_refused");
        this.gaps = registry.counter("pxemesh_mesh_clock_gaps");
        this.evicted = registry.counter("pxemesh_content_evicted_packages");
        this.scrubbed = registry.counter("pxemesh_content_scrubbed_bytes");
        this.lost = registry.counter("pxemesh_content_lost_chunks");
    }

    /** A message of the segment that is none. */
    void malformed() {
        malformed.increment();
    }

    /** A record that was not acted on. */
    void refused() {
        refused.increment();
    }

    /** The agent did not run for a while. */
    public void gap() {
        gaps.increment();
    }

    /** A package went from the disk for another. */
    public void evicted() {
        evicted.increment();
    }

    /** Bytes were read again. */
    public void scrubbed(long bytes) {
        scrubbed.increment(bytes);
    }

    /** The disk lost a chunk. */
    public void chunkLost() {
        lost.increment();
    }

    /** One state of a set, with the label {@code state}: 1 while it holds, else 0. */
    public void gauge(String name, String state, Supplier<Number> value) {
        registry.gauge(name, Tags.of("state", state), this, self -> value.get().doubleValue());
    }

    /** A value that is read when somebody asks. */
    public void gauge(String name, Supplier<Number> value) {
        registry.gauge(name, this, self -> value.get().doubleValue());
    }
}
