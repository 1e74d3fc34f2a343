package org.pxemesh.packageservice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where content is kept and how uplinks reach it. */
@ConfigMapping(prefix = "pxemesh.content")
public interface ContentConfig {

    /** Directory of the content store; uploads and builds in progress stand in it too, so that moves are atomic. */
    @WithDefault("data/content")
    Path dir();

    /**
     * Address of this service as the uplinks see it, for example {@code http://hq.example.com:8082}; it goes into every
     * PackageBuilt. When not set it is made of {@code quarkus.http.host} and {@code quarkus.http.port}.
     */
    Optional<URI> url();

    /**
     * How long a retired version's content is still served, and content that no record names is kept. Branches that were
     * cut off, and boots under way, live on it.
     */
    @WithDefault("7d")
    Duration grace();

    /** How often content that nothing names any more is looked for. */
    @WithDefault("1h")
    Duration collectEvery();
}
