package org.pxemesh.statusservice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of status-service alone. */
@ConfigMapping(prefix = "pxemesh.status")
public interface StatusConfig {

    /** Directory of the H2 database. */
    @WithDefault("./data")
    Path dataDir();

    /** Where policy-service listens, for what the console forwards to it. */
    @WithDefault("http://127.0.0.1:8081")
    URI policyUrl();

    /** Where package-service listens, for what the console forwards to it. */
    @WithDefault("http://127.0.0.1:8082")
    URI packageUrl();

    /** How many events the live stream can go back; older ones are dropped. */
    @WithDefault("100000")
    long eventsKept();

    /** How long boots and what was seen of agents' event numbers are kept; as long as the boot topic's retention. */
    @WithDefault("90d")
    Duration bootsKept();

    /** A comment this often keeps proxies from closing a stream on which nothing happens. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How many live streams may be open at once; one more gets 503. */
    @WithDefault("100")
    int streams();
}
