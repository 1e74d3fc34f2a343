package org.pxemesh.hq;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.KeyPair;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.TrustedKeys;

/** The beans that HQ services share: clock, keys, Kafka settings, dead letters. */
@Singleton
public class HqProducers {

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    KeyPair keys(HqConfig config) {
        return SigningKeyFile.readOrMake(config.signing().keyFile());
    }

    @Produces
    @Singleton
    EventSigner signer(KeyPair keys) {
        return new EventSigner(keys);
    }

    /** HQ believes its own key and those that the settings add. */
    @Produces
    @Singleton
    TrustedKeys trusted(KeyPair keys, HqConfig config) {
        String own = TrustedKeys.format(keys.getPublic());
        return TrustedKeys.parse(
                config.trust().keys().map(more -> own + "," + more).orElse(own));
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return new DeadLetters(kafka);
    }

    void close(@Disposes DeadLetters deadLetters) {
        deadLetters.close();
    }
}
