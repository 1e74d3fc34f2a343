package org.pxemesh.agent.content;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.PackageState;

/**
 * Where content is: the same two paths at HQ's package service and at every peer.
 *
 * @param hq stands in for the address in the packages' records when it is set
 * @param port of the peers' boot HTTP servers
 */
public record ContentPlaces(Optional<URI> hq, int port) {
    private static final String MANIFESTS = "/content/manifests/";
    private static final String FILES = "/content/files/";

    URI manifestAtHq(PackageState pkg) {
        return URI.create(base(pkg) + MANIFESTS + pkg.manifestSha256());
    }

    URI fileAtHq(PackageState pkg, Sha256 file) {
        return URI.create(base(pkg) + FILES + file);
    }

    URI manifestAt(InetAddress peer, PackageState pkg) {
        return URI.create("http://" + peer.getHostAddress() + ":" + port + MANIFESTS + pkg.manifestSha256());
    }

    URI fileAt(InetAddress peer, Sha256 file) {
        return URI.create("http://" + peer.getHostAddress() + ":" + port + FILES + file);
    }

    /** Files stand beside the manifest: what comes before {@code /content/} is theirs too. */
    private String base(PackageState pkg) {
        var base = hq.map(URI::toString).orElseGet(() -> {
            var url = pkg.manifestUrl();
            var content = url.indexOf(MANIFESTS);
            return content < 0 ? url : url.substring(0, content);
        });
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
