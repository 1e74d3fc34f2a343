package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.dhcp.Ipv4Address;

class BootSessionsTest {

    private static final String MAC = "52:54:00:00:00:01";
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("192.0.2.50");

    private final BootSessions sessions = new BootSessions(new UUID(7, 7));

    @Test
    void shouldGoOnWithABootThatWasNotDelivered() {
        BootSession first = sessions.discovered(MAC, 1, Plans.linux(), false, 0);

        BootSession again = sessions.discovered(MAC, 2, Plans.linux(), false, 4_000);

        assertThat(again.bootId()).isEqualTo(first.bootId());
        assertThat(again.seconds(5_000)).isEqualTo(5.0);
    }

    @Test
    void shouldBeginANewBootAfterADeliveredOne() {
        BootSession first = delivered();

        BootSession next = sessions.discovered(MAC, 3, Plans.linux(), false, 60_000);

        assertThat(next.bootId()).isNotEqualTo(first.bootId());
    }

    @Test
    void shouldGoOnWhenIpxeSaysSo() {
        BootSession first = sessions.discovered(MAC, 4, Plans.program(), false, 0);
        sessions.served(first, "tool.efi", 10, true, 1);

        assertThat(sessions.discovered(MAC, 5, Plans.linux(), true, 10).bootId())
                .isEqualTo(first.bootId());
    }

    @Test
    void shouldTakeTheIdThatAnotherPeerGaveTheBoot() {
        UUID theirs = new UUID(0, 42);
        sessions.heardOf(MAC, theirs, 5, 0);

        assertThat(sessions.discovered(MAC, 6, Plans.linux(), false, 10).bootId())
                .isEqualTo(theirs);
    }

    @Test
    void shouldNameABootVerifiablyWhenTheOtherPeerAnsweredItsIpxeToo() {
        // Given the firmware's DISCOVER and that of the iPXE which it started, both answered by another peer
        BootToken theirs = BootToken.of(new UUID(7, 7), MAC, 5);
        sessions.heardOf(MAC, theirs.bootId(), 5, 0);
        sessions.heardOf(MAC, theirs.bootId(), 6, 4_000);

        // When that peer is gone and this one answers
        BootSession session = sessions.discovered(MAC, 6, Plans.linux(), true, 5_000);

        // Then a peer that was started anew since can take the system's check-in
        assertThat(session.token()).isEqualTo(theirs);
    }

    @Test
    void shouldKeepItsOwnBootWhenAnotherPeerOffersTheSameClient() {
        // Given both have offered, and the client chooses this peer
        BootSession mine = sessions.discovered(MAC, 7, Plans.linux(), false, 0);
        sessions.heardOf(MAC, new UUID(0, 42), 7, 100);
        sessions.learn(MAC, ADDRESS);

        // When / Then
        assertThat(sessions.byAddress(ADDRESS)).map(BootSession::bootId).contains(mine.bootId());
        assertThat(mine.discovered()).isTrue();
    }

    @Test
    void shouldDeliverOnceWithKernelAndInitrd() {
        BootSession session = sessions.discovered(MAC, 8, Plans.linux(), false, 0);

        assertThat(sessions.served(session, "pxelinux.0", 1, true, 1)).isFalse();
        assertThat(sessions.served(session, "amd64/linux", 10, true, 2)).isFalse();
        assertThat(sessions.served(session, "amd64/initrd.gz", 100, true, 3)).isTrue();
        assertThat(sessions.served(session, "amd64/initrd.gz", 100, true, 4)).isFalse();
        assertThat(sessions.totals(session)).isEqualTo(new BootSessions.Totals(4, 211));
    }

    @Test
    void shouldNotDeliverWithAFileWhoseEndWasNotAcknowledged() {
        BootSession session = sessions.discovered(MAC, 14, Plans.program(), false, 0);

        assertThat(sessions.served(session, "tool.efi", 1, false, 1)).isFalse();
    }

    @Test
    void shouldDeliverAPlainProgramWithItself() {
        BootSession session = sessions.discovered(MAC, 9, Plans.program(), false, 0);

        assertThat(sessions.served(session, "tool.efi", 1, true, 1)).isTrue();
    }

    @Test
    void shouldCountOnAfterAnotherDiscover() {
        // Given a transfer that began before the second DISCOVER and ended after it
        BootSession early = sessions.discovered(MAC, 10, Plans.linux(), false, 0);
        sessions.served(early, "amd64/linux", 10, true, 1);
        sessions.discovered(MAC, 11, Plans.linux(), false, 2);

        assertThat(sessions.served(early, "amd64/initrd.gz", 100, true, 3)).isTrue();
    }

    @Test
    void shouldCompleteOnce() {
        BootSession session = delivered();

        assertThat(sessions.completed(session)).isTrue();
        assertThat(sessions.completed(session)).isFalse();
    }

    @Test
    void shouldFailABootThatFetchedFilesAndNeverCheckedIn() {
        BootSession session = delivered();

        assertThat(sessions.expire(BootSessions.PATIENCE_MILLIS)).isEmpty();
        assertThat(sessions.expire(BootSessions.PATIENCE_MILLIS + 4)).containsExactly(session);
        assertThat(sessions.byId(session.bootId())).isEmpty();
    }

    @Test
    void shouldForgetInSilenceWhatNeverBegan() {
        sessions.discovered(MAC, 12, Plans.linux(), false, 0);
        sessions.served(sessions.walkIn("52:54:00:00:00:02", Plans.linux(), ADDRESS, 0), "amd64/linux", 1, true, 1);

        assertThat(sessions.expire(BootSessions.PATIENCE_MILLIS * 2)).isEmpty();
    }

    private BootSession delivered() {
        BootSession session = sessions.discovered(MAC, 13, Plans.linux(), false, 0);
        sessions.served(session, "amd64/linux", 10, true, 1);
        sessions.served(session, "amd64/initrd.gz", 100, true, 3);
        return session;
    }

    @Test
    void shouldNameABootAsEveryPeerThatAnswersTheSameDiscoverNamesIt() {
        BootSessions neighbours = new BootSessions(new UUID(7, 7));
        BootSessions otherSegments = new BootSessions(new UUID(7, 8));

        UUID mine = sessions.discovered(MAC, 42, Plans.linux(), false, 0).bootId();

        assertThat(neighbours.discovered(MAC, 42, Plans.linux(), false, 900).bootId())
                .isEqualTo(mine);
        assertThat(otherSegments.discovered(MAC, 42, Plans.linux(), false, 0).bootId())
                .isNotEqualTo(mine);
    }

    @Test
    void shouldTellBootsApartOfAFirmwareThatAlwaysUsesOneXid() {
        BootSession first = delivered();

        assertThat(sessions.discovered(MAC, 13, Plans.linux(), false, 60_000).bootId())
                .isNotEqualTo(first.bootId());
    }
}
