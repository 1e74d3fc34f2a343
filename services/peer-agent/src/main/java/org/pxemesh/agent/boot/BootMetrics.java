package org.pxemesh.agent.boot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** All metric names of the boot side. */
public final class BootMetrics {

    private final MeterRegistry registry;
    private final Counter otherDhcp;
    private final Counter tftpBytes;
    private final Counter httpBytes;
    private final Timer offerLatency;
    private final Counter untold;
    private final Map<String, Counter> offers = new ConcurrentHashMap<>();

    public BootMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.otherDhcp = registry.counter("pxemesh_dhcp_other_packets_total");
        this.tftpBytes = registry.counter("pxemesh_boot_bytes_total", "protocol", "tftp");
        this.httpBytes = registry.counter("pxemesh_boot_bytes_total", "protocol", "http");
        this.offerLatency = registry.timer("pxemesh_offer"); // Prometheus adds the unit
        this.untold = registry.counter("pxemesh_boot_untold_total");
    }

    /** A DHCP packet that is no boot client's. */
    public void otherDhcp() {
        otherDhcp.increment();
    }

    /** @param protocol dhcp, offered or tftp */
    public void malformed(String protocol) {
        registry.counter("pxemesh_malformed_packets_total", "protocol", protocol)
                .increment();
    }

    /** @param nanos from the DISCOVER's arrival to the OFFER's departure */
    public void offered(String form, long nanos) {
        Counter known = offers.get(form);
        if (known == null) {
            known = offers.computeIfAbsent(form, name -> registry.counter("pxemesh_offers_total", "form", name));
        }
        known.increment();
        offerLatency.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** What a client did, or got, is not told to HQ: too many clients ask. */
    public void untold() {
        untold.increment();
    }

    public void acknowledged() {
        registry.counter("pxemesh_boot_server_acks_total").increment();
    }

    /** @param outcome finished, aborted, failed, refused or dropped */
    public void tftpTransfer(String outcome) {
        registry.counter("pxemesh_tftp_transfers_total", "outcome", outcome).increment();
    }

    /** @param outcome what became of a file that was asked for while it arrived: begun, refused or starved */
    public void stream(String outcome) {
        registry.counter("pxemesh_streams_total", "outcome", outcome).increment();
    }

    public void tftpBytes(long bytes) {
        tftpBytes.increment(bytes);
    }

    public void httpBytes(long bytes) {
        httpBytes.increment(bytes);
    }
}
