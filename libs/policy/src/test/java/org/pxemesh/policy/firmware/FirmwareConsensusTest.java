package org.pxemesh.policy.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.FirmwareFingerprint;
import org.pxemesh.events.FirmwareObserved;
import org.pxemesh.events.FirmwareState;

class FirmwareConsensusTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ID = "0123456789abcdef";

    /** All sites that these tests speak for. */
    private static final Set<UUID> ALL =
            IntStream.range(0, 5_000).mapToObj(n -> new UUID(0, n)).collect(Collectors.toSet());

    private final FirmwareConsensus consensus = new FirmwareConsensus();

    @Test
    void shouldTellAllWhenThreeSitesAgree() {
        saw(1, "pxe10", false);
        saw(2, "pxe10", false);
        saw(2, "pxe10", false);
        assertThat(consensus.verdicts(Map.of(), ALL, NOW)).isEmpty();

        saw(3, "pxe10", false);
        assertThat(consensus.verdicts(Map.of(), ALL, NOW))
                .containsExactly(new FirmwareState(fingerprint(ID), 1, "pxe10", false, NOW, 3));
    }

    @Test
    void shouldNotCountSitesWithForeignBootServers() {
        for (int site = 0; site < 5; site++) {
            saw(site, "pxe10", true);
        }

        assertThat(consensus.verdicts(Map.of(), ALL, NOW)).isEmpty();
    }

    @Test
    void shouldNotTellWhatAThirdAsManySitesContradict() {
        for (int site = 0; site < 3; site++) {
            saw(site, "pxe10", false);
        }
        saw(9, "binl", false);
        assertThat(consensus.verdicts(Map.of(), ALL, NOW)).isEmpty();

        saw(3, "pxe10", false);
        assertThat(consensus.verdicts(Map.of(), ALL, NOW)).hasSize(1);
    }

    @Test
    void shouldCountTheLatestWordOfEachSite() {
        for (int site = 0; site < 3; site++) {
            saw(site, "pxe10", false);
        }
        consensus.observed(event(1, "binl", false), NOW.plusSeconds(1));

        assertThat(consensus.votes(ID, Instant.MIN, ALL))
                .containsEntry("binl", 1)
                .containsEntry("pxe10", 2);
    }

    @Test
    void shouldLeaveWhatAnAdministratorPinned() {
        agree();

        assertThat(consensus.verdicts(Map.of(ID, state("binl", true, NOW)), ALL, NOW))
                .isEmpty();
    }

    @Test
    void shouldCountOnlyWhatWasSeenAfterARevert() {
        agree();

        assertThat(consensus.verdicts(Map.of(ID, state(null, false, NOW)), ALL, NOW))
                .isEmpty();
        assertThat(consensus.verdicts(Map.of(ID, state(null, false, NOW.minusSeconds(1))), ALL, NOW))
                .extracting(FirmwareState::revision)
                .containsExactly(8L);
    }

    @Test
    void shouldConfirmAfterAMonthAndSayNothingBefore() {
        agree();
        Map<String, FirmwareState> current = Map.of(ID, state("pxe10", false, NOW));

        assertThat(consensus.verdicts(current, ALL, NOW.plus(Duration.ofDays(29))))
                .isEmpty();
        assertThat(consensus.verdicts(current, ALL, NOW.plus(Duration.ofDays(31))))
                .hasSize(1);
    }

    @Test
    void shouldStayBoundedUnderMadeUpFirmwareAndSites() {
        for (int n = 0; n < 5_000; n++) {
            consensus.observed(
                    new FirmwareObserved(
                            new UUID(0, n),
                            new UUID(0, 1),
                            new UUID(0, 2),
                            fingerprint("%016x".formatted(n)),
                            "binl",
                            List.of(),
                            false),
                    NOW);
            saw(n, "binl", false);
        }

        assertThat(consensus.fingerprints()).hasSize(4096);
        assertThat(consensus.votes(ID, Instant.MIN, ALL)).containsEntry("binl", 256);
    }

    @Test
    void shouldCountNoVoteOfSitesThatHqDoesNotKnow() {
        agree();

        assertThat(consensus.verdicts(Map.of(), Set.of(new UUID(0, 0), new UUID(0, 1)), NOW))
                .isEmpty();
        assertThat(consensus.votes(ID, Instant.MIN, Set.of(new UUID(0, 0)))).containsExactly(Map.entry("pxe10", 1));
    }

    @Test
    void shouldLetASiteThatFloodsPushOutItsOwnWordsAlone() {
        // Given what three sites agree on, and one of them goes wild
        agree();
        for (int n = 0; n < 10_000; n++) {
            consensus.observed(event(2, "%016x".formatted(n + 1), "binl", false), NOW);
        }

        // Then
        assertThat(consensus.words(ID))
                .extracting(FirmwareConsensus.SiteWord::siteId)
                .containsExactlyInAnyOrder(new UUID(0, 0), new UUID(0, 1));
        assertThat(consensus.fingerprints()).hasSize(FirmwareConsensus.FIRMWARES_OF_A_SITE + 1);
    }

    @Test
    void shouldKeepWhatSeveralSitesSawBeforeWhatOneMadeUp() {
        agree();
        for (int n = 0; n < 5_000; n++) {
            consensus.observed(event(n, "%016x".formatted(n + 1), "binl", false), NOW);
        }

        assertThat(consensus.votes(ID, Instant.MIN, ALL)).containsEntry("pxe10", 3);
    }

    @Test
    void shouldLearnNoMoreThanAgentsKeep() {
        Map<String, FirmwareState> current = IntStream.range(0, FirmwareConsensus.LEARNED)
                .mapToObj("%016x"::formatted)
                .collect(Collectors.toMap(id -> id, id -> state("binl", false, NOW)));
        agree();

        assertThat(consensus.verdicts(current, ALL, NOW)).isEmpty();
        current.remove("%016x".formatted(7));
        assertThat(consensus.verdicts(current, ALL, NOW)).hasSize(1);
    }

    private void agree() {
        for (int site = 0; site < 3; site++) {
            saw(site, "pxe10", false);
        }
    }

    private void saw(int site, String form, boolean foreign) {
        consensus.observed(event(site, form, foreign), NOW);
    }

    private static FirmwareObserved event(int site, String form, boolean foreign) {
        return event(site, ID, form, foreign);
    }

    private static FirmwareObserved event(int site, String id, String form, boolean foreign) {
        return new FirmwareObserved(
                new UUID(0, site), new UUID(0, 1), new UUID(0, 2), fingerprint(id), form, List.of(), foreign);
    }

    private static FirmwareState state(@org.jspecify.annotations.Nullable String form, boolean pinned, Instant since) {
        return new FirmwareState(fingerprint(ID), 7, form, pinned, since, 0);
    }

    private static FirmwareFingerprint fingerprint(String id) {
        return new FirmwareFingerprint(
                id, "PXEClient:Arch:00007", "0007", "010310", "0103", "53,57", "05c0", 17, "525400");
    }
}
