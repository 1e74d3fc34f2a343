package org.pxemesh.agent.uplink;

import java.time.Instant;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventType;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;

/** Judges a record before anybody acts on it; every peer does so itself, whoever handed the record on. */
final class RecordCheck {
    private final TrustedKeys trusted;

    RecordCheck(TrustedKeys trusted) {
        this.trusted = trusted;
    }

    /** The event of a record that is to be acted on, or why it is not. */
    sealed interface Outcome {
        record Good(Event event) implements Outcome {}

        record Bad(Verdict verdict) implements Outcome {}
    }

    Outcome check(SignedRecord record, Instant now) {
        if (!record.topic().startsWith("pxemesh.down.")) {
            return refused("topic " + record.topic() + " is none of those that agents follow");
        }
        var refusal = trusted.refuse(record);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        if (EventType.find(record.envelope().type()).isEmpty()) {
            return new Outcome.Bad(new Verdict.Unknown(record.envelope().type()));
        }
        try {
            var event = record.envelope().event();
            if (!TopicCatalog.of(event).name().equals(record.topic())
                    || !TopicCatalog.keyOf(event).equals(record.key())) {
                return refused("it is in the wrong place: " + record.topic() + " key " + record.key());
            }
            if (event instanceof EpochRenewed epoch && !now.isBefore(epoch.expiresAt())) {
                return refused("the epoch expired at " + epoch.expiresAt());
            }
            return new Outcome.Good(event);
        } catch (MalformedEventException | IllegalStateException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome refused(String reason) {
        return new Outcome.Bad(new Verdict.Refused(reason));
    }
}
