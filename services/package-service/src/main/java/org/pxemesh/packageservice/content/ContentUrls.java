package org.pxemesh.packageservice.content;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.pxemesh.content.Sha256;
import org.pxemesh.packageservice.ContentConfig;

/** Addresses of content as uplinks see them. */
@ApplicationScoped
public class ContentUrls {

    private final String base;

    ContentUrls(
            ContentConfig config,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        String url = config.url().map(URI::toString).orElse("http://" + reachable + ":" + port);
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Files stand beside the manifests: {@code ../files/DIGEST}. */
    public URI manifest(Sha256 digest) {
        return URI.create(base + "/content/manifests/" + digest);
    }
}
