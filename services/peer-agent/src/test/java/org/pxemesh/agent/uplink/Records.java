package org.pxemesh.agent.uplink;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteDeleted;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.events.WanLimits;

/** Signed records of an HQ. */
final class Records {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final UUID SITE = new UUID(1, 1);

    private final KeyPair keys;
    private final EventSigner signer;

    Records() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        signer = new EventSigner(keys);
    }

    TrustedKeys trusted() {
        return TrustedKeys.of(keys.getPublic());
    }

    SignedRecord sign(Event event) {
        return signer.sign(
                TopicCatalog.of(event).name(), TopicCatalog.keyOf(event), Envelope.of("id", "/test", NOW, event));
    }

    SignedRecord site(long revision, String name) {
        return sign(new SiteChanged(
                new SiteState(SITE, revision, name, SiteKind.BRANCH, List.of("10.0.0.0/24"), new WanLimits(0, 100))));
    }

    SignedRecord siteDeleted(long revision) {
        return sign(new SiteDeleted(SITE, revision));
    }

    SignedRecord epoch(long number, Instant issued) {
        return sign(new EpochRenewed(number, issued, issued.plus(Duration.ofDays(30))));
    }
}
