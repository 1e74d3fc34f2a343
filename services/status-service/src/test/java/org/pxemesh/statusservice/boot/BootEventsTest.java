package org.pxemesh.statusservice.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.BootCompleted;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.BootFailed;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.BootRequested;
import org.pxemesh.events.CheckIn;
import org.pxemesh.events.Event;
import org.pxemesh.events.FileServed;
import org.pxemesh.events.PolicyDeleted;
import org.pxemesh.events.TopicCatalog;

class BootEventsTest {

    private static final BootRef BOOT =
            new BootRef(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3), new UUID(0, 4), "52:54:00:00:00:01", 1);

    private static final List<Event> ALL = List.of(
            new BootRequested(BOOT, 0, "PXEClient", null, null, 1),
            new BootIgnored(BOOT, List.of("NO_PERMIT", "NO_HOLDER"), 2),
            new BootOffered(BOOT, 0, 1, "BINL", "debian@12", "shim.efi", "10.0.0.5"),
            new FileServed(BOOT, "http", "linux", 8_214_976, 1.5, 0, 0, 3),
            new BootDelivered(BOOT, 3, 999, 12.6),
            new BootCompleted(BOOT, new CheckIn("10.0.0.9", "/checkin/1/x", "wget"), 41.2),
            new BootFailed(BOOT, "no-check-in", "nothing within 10 minutes"));

    @Test
    void shouldTellEveryKindOfBootEventInOneLine() {
        assertThat(ALL)
                .extracting(BootEvents::summary)
                .containsExactly(
                        "asked for a boot server, BIOS, attempt 2",
                        "no answer: NO_PERMIT, NO_HOLDER (2 times)",
                        "offered debian@12 by BINL: shim.efi from 10.0.0.5 (rank 1)",
                        "linux over http, 8.2 MB in 1.50 s, 3 blocks again",
                        "3 files, 999 B delivered after 13 s",
                        "the system checked in from 10.0.0.9 after 41 s",
                        "failed: no-check-in, nothing within 10 minutes");
    }

    @Test
    void shouldKnowEveryEventOfTheBootTopic() {
        assertThat(ALL.stream().<Class<?>>map(Event::getClass).collect(Collectors.toSet()))
                .isEqualTo(Set.<Class<?>>copyOf(TopicCatalog.UP_BOOT.events()));
        assertThat(ALL).allSatisfy(event -> assertThat(BootEvents.ref(event)).hasValue(BOOT));
        assertThat(ALL).allSatisfy(event -> assertThat(BootState.after(event)).isNotNull());
        assertThat(ALL.stream().map(BootState::after).toList())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(BootState.values()));
    }

    @Test
    void shouldLeaveOtherEventsAlone() {
        Event other = new PolicyDeleted(new UUID(0, 9), 3);
        assertThat(BootEvents.ref(other)).isEmpty();
        assertThat(BootState.after(other)).isNull();
    }

    @Test
    void shouldReadStatesAsPeopleWriteThem() {
        assertThat(BootState.parse("Completed")).hasValue(BootState.COMPLETED);
        assertThat(BootState.parse("done")).isEmpty();
    }
}
