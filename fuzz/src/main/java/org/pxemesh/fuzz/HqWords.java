package org.pxemesh.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.pxemesh.content.FilePaths;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.ManifestSignature;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.FirmwareObserved;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.SigningKeys;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.policy.Cidr;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policy.firmware.FirmwareConsensus;
import org.pxemesh.policy.rule.RuleParser;
import org.pxemesh.policy.rule.RuleSyntaxException;

/** What bears HQ's or an administrator's words: records, manifests, signatures, rules. */
final class HqWords {

    private static final TrustedKeys KEYS =
            TrustedKeys.of(SigningKeys.generate().getPublic());
    private static final String KEY = KEYS.ids().iterator().next();

    private HqWords() {}

    /** A record as it comes from Kafka or a neighbour, and what becomes of it once it is believed. */
    static Object record(byte[] bytes) {
        try {
            Envelope envelope = Lines.of(bytes).envelope();
            byte[] signed = SignedRecord.signedBytes("pxemesh.down.site", "a", envelope.type(), envelope.data());
            if (envelope.signature() != null
                    && KEYS.refuse(KEY, signed, envelope.signature()).isEmpty()) {
                throw new IllegalStateException("a signature of nobody's was believed");
            }
            Event event = envelope.event();
            PolicySnapshot.EMPTY.apply(event);
            if (event instanceof FirmwareObserved observed) {
                new FirmwareConsensus().observed(observed, Instant.EPOCH);
            }
            return event;
        } catch (MalformedEventException refused) {
            return "refused: " + refused.getMessage();
        }
    }

    static Object manifest(byte[] bytes) {
        try {
            return Manifest.parse(bytes);
        } catch (ManifestException refused) {
            return "refused: " + refused.getMessage();
        }
    }

    static Object signature(byte[] bytes) {
        try {
            return ManifestSignature.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException refused) {
            return "refused: " + refused.getMessage();
        }
    }

    static Object filePath(byte[] bytes) {
        String path = new String(bytes, StandardCharsets.UTF_8);
        return FilePaths.problem(path) + FilePaths.fold(path);
    }

    static Object rule(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            return RuleParser.parse(text);
        } catch (RuleSyntaxException refused) {
            return "refused: " + refused.getMessage() + " " + network(text);
        }
    }

    private static Object network(String text) {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException refused) {
            return "no network";
        }
    }
}
