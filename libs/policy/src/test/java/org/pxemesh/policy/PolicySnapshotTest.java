package org.pxemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.policy.Hq.MAC;
import static org.pxemesh.policy.Hq.PARIS;
import static org.pxemesh.policy.Hq.id;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteDeleted;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.WanLimits;

class PolicySnapshotTest {

    @Test
    void shouldNotLetAnOlderRevisionReplaceANewerOne() {
        PolicySnapshot snapshot =
                PolicySnapshot.EMPTY.apply(Hq.site(SiteKind.NEVER, 2)).apply(Hq.site(SiteKind.BRANCH, 1));

        assertThat(snapshot.sites().get(PARIS)).extracting(SiteState::kind).isEqualTo(SiteKind.NEVER);
    }

    @Test
    void shouldNotLetALateRecordBringBackWhatWasDeleted() {
        PolicySnapshot snapshot = PolicySnapshot.EMPTY
                .apply(Hq.computer("PC-1", List.of(MAC), null, Map.of()))
                .apply(new ComputerDeleted(id("PC-1"), 2, PARIS))
                .apply(Hq.computer("PC-1", List.of(MAC), null, Map.of()));

        assertThat(snapshot.computers()).isEmpty();
        assertThat(snapshot.computerOf(new BootClient(MAC, null, ClientArchitecture.BIOS)))
                .isEmpty();
    }

    @Test
    void shouldTakeADeletionBeforeItsCreation() {
        PolicySnapshot snapshot =
                PolicySnapshot.EMPTY.apply(new SiteDeleted(PARIS, 3)).apply(Hq.site(SiteKind.BRANCH, 1));

        assertThat(snapshot.sites()).isEmpty();
    }

    @Test
    void shouldKeepTheNewestEpochAndJudgeFreshnessByIt() {
        // Given
        var first = new EpochRenewed(1, Hq.NOW, Hq.NOW.plus(Duration.ofDays(30)));
        var second = new EpochRenewed(2, Hq.NOW, Hq.NOW.plus(Duration.ofDays(31)));

        // When
        PolicySnapshot snapshot = PolicySnapshot.EMPTY.apply(second).apply(first);

        // Then
        assertThat(snapshot.epoch()).contains(second);
        assertThat(snapshot.isFresh(second.expiresAt().minusNanos(1))).isTrue();
        assertThat(snapshot.isFresh(second.expiresAt())).isFalse();
        assertThat(PolicySnapshot.EMPTY.isFresh(Hq.NOW)).isFalse();
    }

    @Test
    void shouldRememberThatAPackageWasRetired() {
        // Given
        var built = Hq.debian();

        // When
        PolicySnapshot snapshot =
                PolicySnapshot.EMPTY.apply(new PackageBuilt(built)).apply(Hq.retired());

        // Then
        assertThat(snapshot.packages()).isEmpty();
        assertThat(snapshot.isRetired(built.ref())).isTrue();
        assertThat(snapshot.isRetired("never@built")).isFalse();
    }

    @Test
    void shouldLeaveTheOldSnapshotAsItWas() {
        PolicySnapshot before = PolicySnapshot.EMPTY.apply(Hq.site(SiteKind.BRANCH, 1));

        PolicySnapshot after = before.apply(new SiteDeleted(PARIS, 2));

        assertThat(before.sites()).containsKey(PARIS);
        assertThat(after.sites()).isEmpty();
        assertThat(after.apply(new SiteDeleted(PARIS, 2))).isSameAs(after);
    }

    @Test
    void shouldFindASiteByItsLongestPrefix() {
        // Given
        PolicySnapshot snapshot = PolicySnapshot.EMPTY
                .apply(site("wide", "10.0.0.0/8"))
                .apply(site("narrow", "10.20.0.0/16"))
                .apply(site("twin", "10.20.0.0/16"))
                .apply(site("six", "2001:db8::/48"))
                .apply(site("broken", "10.20/x"));

        // When / Then
        assertThat(sitesAt(snapshot, "10.20.3.4")).containsExactlyInAnyOrder("narrow", "twin");
        assertThat(sitesAt(snapshot, "10.21.3.4")).containsExactly("wide");
        assertThat(sitesAt(snapshot, "2001:db8::7")).containsExactly("six");
        assertThat(sitesAt(snapshot, "192.168.1.1")).isEmpty();
    }

    private static List<String> sitesAt(PolicySnapshot snapshot, String address) {
        return snapshot.sitesAt(InetAddress.ofLiteral(address)).stream()
                .map(SiteState::name)
                .toList();
    }

    private static SiteChanged site(String name, String network) {
        UUID id = id(name);
        return new SiteChanged(new SiteState(id, 1, name, SiteKind.BRANCH, List.of(network), new WanLimits(0, 100)));
    }
}
