package org.pxemesh.agent.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.BootSide;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.agent.EventSink;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.Hosts;

/** The boot side of the agent: one {@link SegmentServer} per segment that the mesh tells it to serve. */
@ApplicationScoped
public class BootServer implements BootSide {

    private static final Logger LOG = Logger.getLogger(BootServer.class);

    private final Vertx vertx;
    private final AgentConfig config;
    private final ContentStore store;
    private final Bookkeeper books;
    private final BootMetrics metrics;
    private final HybridClock clock = new HybridClock(System::currentTimeMillis);
    private final Map<String, SegmentServer> servers = new HashMap<>();
    private @Nullable HostNetwork network;

    @Inject
    public BootServer(Vertx vertx, AgentConfig config, ContentStore store, EventSink events, MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config;
        this.store = store;
        this.metrics = new BootMetrics(registry);
        this.books = new Bookkeeper(events, metrics);
        books.start();
    }

    @Override
    public synchronized void serve(Segment segment) {
        HostNetwork host = network();
        SegmentServer server = SegmentServer.open(segment, host, vertx, config, store, books, clock, metrics);
        SegmentServer old = servers.put(segment.interfaceName(), server);
        if (old != null) {
            old.close();
        }
        LOG.infof(
                "serving interface=%s address=%s host=%s http=%d",
                segment.interfaceName(),
                segment.address().getHostAddress(),
                host.name(),
                config.http().port());
    }

    private HostNetwork network() {
        HostNetwork host = network;
        if (host == null) {
            host = Hosts.network(config.host());
            network = host;
        }
        return host;
    }

    @Override
    public synchronized void drain(Segment segment) {
        SegmentServer server = servers.get(segment.interfaceName());
        if (server != null) {
            server.drain();
        }
    }

    @Override
    public synchronized void leave(Segment segment) {
        SegmentServer server = servers.remove(segment.interfaceName());
        if (server != null) {
            server.close();
        }
    }

    @PreDestroy
    synchronized void stop() {
        servers.values().forEach(SegmentServer::close);
        servers.clear();
        books.close();
    }
}
