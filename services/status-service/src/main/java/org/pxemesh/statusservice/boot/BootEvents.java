package org.pxemesh.statusservice.boot;

import java.util.Locale;
import java.util.Optional;
import org.pxemesh.events.BootCompleted;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.BootFailed;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.BootRequested;
import org.pxemesh.events.Event;
import org.pxemesh.events.FileServed;

/** What the events of a boot have in common, and each in one line for people. */
public final class BootEvents {

    private BootEvents() {}

    /** The boot that an event belongs to; empty for an event of another kind. */
    public static Optional<BootRef> ref(Event event) {
        return Optional.ofNullable(
                switch (event) {
                    case BootRequested e -> e.boot();
                    case BootIgnored e -> e.boot();
                    case BootOffered e -> e.boot();
                    case FileServed e -> e.boot();
                    case BootDelivered e -> e.boot();
                    case BootCompleted e -> e.boot();
                    case BootFailed e -> e.boot();
                    default -> null;
                });
    }

    /** One line for the timeline. */
    static String summary(Event event) {
        return switch (event) {
            case BootRequested e ->
                "asked for a boot server, " + Architectures.name(e.architecture()) + ", attempt " + (e.attempt() + 1);
            case BootIgnored e ->
                "no answer: " + String.join(", ", e.reasons()) + (e.count() > 1 ? " (" + e.count() + " times)" : "");
            case BootOffered e ->
                "offered " + e.packageRef() + " by " + e.replyForm() + ": " + e.nbp() + " from " + e.responder()
                        + (e.rank() > 0 ? " (rank " + e.rank() + ")" : "");
            case FileServed e ->
                e.path() + " over " + e.protocol() + ", " + size(e.bytes()) + " in " + seconds(e.seconds())
                        + (e.retransmits() > 0 ? ", " + e.retransmits() + " blocks again" : "");
            case BootDelivered e ->
                e.files() + " files, " + size(e.bytes()) + " delivered after " + seconds(e.seconds());
            case BootCompleted e ->
                "the system checked in from " + e.evidence().remoteAddress()
                        + (e.seconds() > 0 ? " after " + seconds(e.seconds()) : "");
            case BootFailed e -> "failed: " + e.reason() + (e.detail().isBlank() ? "" : ", " + e.detail());
            default -> "";
        };
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
    }

    private static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
