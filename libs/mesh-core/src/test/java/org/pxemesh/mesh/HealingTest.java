package org.pxemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.mesh.Peers.PACKAGE;
import static org.pxemesh.mesh.Peers.facts;
import static org.pxemesh.mesh.Peers.id;
import static org.pxemesh.mesh.Peers.view;
import static org.pxemesh.mesh.Peers.weighing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pxemesh.mesh.MeshEffect.Announce;
import org.pxemesh.mesh.MeshEffect.AskView;
import org.pxemesh.mesh.MeshEffect.ProbeHq;
import org.pxemesh.mesh.MeshEffect.Publish;
import org.pxemesh.mesh.MeshEffect.Rejoin;
import org.pxemesh.mesh.MeshEffect.ReportLeft;
import org.pxemesh.mesh.MeshEffect.Serve;
import org.pxemesh.mesh.MeshEffect.Silence;
import org.pxemesh.mesh.MeshEffect.StartUplink;
import org.pxemesh.mesh.MeshEffect.StopUplink;
import org.pxemesh.mesh.MeshEvent.ChannelLost;
import org.pxemesh.mesh.MeshEvent.ClockGap;
import org.pxemesh.mesh.MeshEvent.DirectoryReceived;
import org.pxemesh.mesh.MeshEvent.HqReachable;
import org.pxemesh.mesh.MeshEvent.HqUnreachable;
import org.pxemesh.mesh.MeshEvent.LinkChanged;
import org.pxemesh.mesh.MeshEvent.OwnFactsChanged;
import org.pxemesh.mesh.MeshEvent.PeerFactsChanged;
import org.pxemesh.mesh.MeshEvent.Tick;
import org.pxemesh.mesh.MeshEvent.ViewChanged;
import org.pxemesh.mesh.MeshEvent.ViewConfirmed;

class HealingTest {
    private static final Moment START = at(0);

    @ParameterizedTest
    @MethodSource("everyStateWithEveryEvent")
    void shouldAcceptEveryEventInEveryState(MeshState state, MeshEvent event) {
        // When
        var next = state.apply(event, at(200)).state();

        // Then what holds in every state holds
        assertThat(next.known().self().id()).isEqualTo(id(1));
        assertThat(next.known().highestTerm())
                .isGreaterThanOrEqualTo(state.known().highestTerm());
        if (next instanceof Mute) {
            assertThat(next.inputs()).isEqualTo(RankingInputs.NONE);
        } else {
            assertThat(next.view().members()).contains(id(1));
            assertThat(next.inputs().members()).allMatch(peer -> next.view().has(peer.id()));
        }
        assertThat(next instanceof Coordinator).isEqualTo(next.view().isCoordinator(id(1)) && !(next instanceof Mute));
    }

    static Stream<Arguments> everyStateWithEveryEvent() {
        return states().flatMap(state -> events().map(event -> Arguments.of(state, event)));
    }

    private static Stream<MeshState> states() {
        var member = memberUnder(2);
        return Stream.of(
                MeshState.starting(facts(1), 3, START),
                coordinatorOf(1),
                coordinatorOf(1, 2, 3),
                member,
                uplinkUnder(2),
                member.apply(new ClockGap(3_000), START).state(),
                uplinkUnder(2).apply(new ClockGap(3_000), START).state(),
                coordinatorOf(1, 2).apply(new LinkChanged(false), START).state(),
                coordinatorOf(1, 2).apply(new LinkChanged(true), START).state());
    }

    private static Stream<MeshEvent> events() {
        var term = Optional.of(new UplinkTerm(9_999, id(3)));
        return Stream.of(
                new ViewChanged(view(50, 1)),
                new ViewChanged(view(50, 2, 1, 3)),
                new ViewChanged(view(50, 2, 3)),
                new ViewChanged(view(0, 2, 3)),
                new ViewChanged(new MeshView(60, List.of(id(3), id(1)), true)),
                new ViewChanged(MeshView.NONE),
                new ViewConfirmed(10, id(2)),
                new ViewConfirmed(77, id(9)),
                new PeerFactsChanged(facts(2), Optional.empty()),
                new PeerFactsChanged(facts(3), term),
                new PeerFactsChanged(facts(1), term),
                new PeerFactsChanged(facts(9), term),
                new OwnFactsChanged(facts(1).withHoldings(Set.of())),
                new DirectoryReceived(id(2), directory(10, 99, term, 1, 2, 3)),
                new DirectoryReceived(id(3), directory(10, 99, term, 3)),
                new DirectoryReceived(id(2), Directory.NONE),
                new HqReachable(),
                new HqUnreachable(),
                new ClockGap(1_500),
                new LinkChanged(true),
                new LinkChanged(false),
                new ChannelLost("closed"),
                new Tick());
    }

    @Test
    void shouldServeAloneAsItsOwnUplink() {
        // Given
        var starting = MeshState.starting(facts(1), 0, START);

        // When
        var alone = starting.apply(new ViewChanged(view(1, 1)), at(10));

        // Then
        assertThat(alone.state()).isInstanceOf(Coordinator.class);
        assertThat(alone.state().inputs().holders(PACKAGE)).containsExactly(id(1));
        assertThat(alone.effects())
                .hasAtLeastOneElementOfType(Announce.class)
                .hasAtLeastOneElementOfType(Publish.class)
                .contains(new StartUplink(new UplinkTerm(1_700_000_000, id(1)), Optional.empty()));
    }

    @Test
    void shouldNeverReuseATermThatAFormerRunKnew() {
        // Given
        var starting = MeshState.starting(facts(1), 1_900_000_000, START);

        // When
        var alone = starting.apply(new ViewChanged(view(1, 1)), at(10));

        // Then
        assertThat(alone.effects()).contains(new StartUplink(new UplinkTerm(1_900_000_001, id(1)), Optional.empty()));
    }

    @Test
    void shouldTakeOverFromADeadCoordinatorThatWasUplink() {
        // Given peer 1 is next in line behind 2, which is coordinator and uplink
        var member = memberUnder(2);
        var term = member.known().directory().uplink().orElseThrow().term();

        // When
        var after = member.apply(new ViewChanged(view(11, 1, 3)), at(100));

        // Then
        assertThat(after.state()).isInstanceOf(Coordinator.class);
        assertThat(after.effects())
                .contains(new StartUplink(new UplinkTerm(term + 1, id(1)), Optional.of(id(2))))
                .contains(new ReportLeft(id(2)));
        assertThat(after.state().inputs().members())
                .extracting(RankingMember::id)
                .containsExactly(id(1), id(3));
    }

    @Test
    void shouldStopRankingADeadMemberBeforeTheNextDirectory() {
        // Given
        var member = memberUnder(2);

        // When 3 is gone
        var after = member.apply(new ViewChanged(view(11, 2, 1)), at(100));

        // Then
        assertThat(after.state().inputs().members())
                .extracting(RankingMember::id)
                .containsExactlyInAnyOrder(id(1), id(2));
        assertThat(after.effects()).containsExactly(new Serve(after.state().inputs()));
    }

    @Test
    void shouldStayMuteAfterAGapUntilAMemberConfirmsTheView() {
        // Given
        var gap = memberUnder(2).apply(new ClockGap(2_000), at(0));
        assertThat(gap.effects())
                .containsExactly(new Silence(Mute.Reason.CLOCK_GAP), new AskView(List.of(id(2), id(3))));
        assertThat(gap.state().inputs()).isEqualTo(RankingInputs.NONE);

        // When
        var stale = gap.state().apply(new ViewConfirmed(9, id(2)), at(100));
        var fresh = gap.state().apply(new ViewConfirmed(10, id(2)), at(100));

        // Then
        assertThat(stale.state()).isInstanceOf(Mute.class);
        assertThat(fresh.state()).isInstanceOf(Member.class);
        assertThat(fresh.effects()).contains(new Serve(fresh.state().inputs()));
    }

    @Test
    void shouldJoinAgainWhenNobodyConfirms() {
        // Given an uplink that slept
        var gap = uplinkUnder(2).apply(new ClockGap(60_000), at(0)).state();

        // When
        var early = gap.apply(new Tick(), at(Mute.CONFIRM_WITHIN_MILLIS - 1));
        var late = gap.apply(new Tick(), at(Mute.CONFIRM_WITHIN_MILLIS));

        // Then it keeps its connection until it knows better
        assertThat(early.effects()).isEmpty();
        assertThat(late.effects()).containsExactly(new Silence(Mute.Reason.REJOINING), new StopUplink(), new Rejoin());
        assertThat(late.state().known().isUplink()).isFalse();
    }

    @Test
    void shouldAskAgainBeforeItLeavesTheGroupForAShortGap() {
        // Given
        var state = memberUnder(2).apply(new ClockGap(3_000), at(0)).state();

        // When nobody answers
        for (var asked = 1; asked < Mute.QUESTIONS; asked++) {
            var again = state.apply(new Tick(), at(asked * Mute.CONFIRM_WITHIN_MILLIS));
            assertThat(again.effects()).containsExactly(new AskView(List.of(id(2), id(3))));
            state = again.state();
        }

        // Then
        assertThat(state.apply(new Tick(), at(Mute.QUESTIONS * Mute.CONFIRM_WITHIN_MILLIS))
                        .effects())
                .containsExactly(new Silence(Mute.Reason.REJOINING), new Rejoin());
    }

    @Test
    void shouldServeAgainAsCoordinatorWhenItsViewIsConfirmed() {
        // Given
        var gap = coordinatorOf(1, 2).apply(new ClockGap(3_000), at(0)).state();

        // When
        var after = gap.apply(new ViewConfirmed(10, id(2)), at(100));

        // Then
        assertThat(after.state()).isInstanceOf(Coordinator.class);
        assertThat(after.effects()).contains(new Serve(after.state().inputs()));
    }

    @Test
    void shouldVouchForAViewThatNobodyCanHaveLeftMeanwhile() {
        var member = memberUnder(2);

        assertThat(member.vouches()).isTrue();
        assertThat(member.apply(new ClockGap(3_000), at(0)).state().vouches()).isTrue();
        assertThat(member.apply(new ClockGap(5_000), at(0)).state().vouches()).isFalse();
        assertThat(member.apply(new LinkChanged(false), at(0)).state().vouches())
                .isFalse();
    }

    @Test
    void shouldNotLeaveAGroupOfItsOwnForAShortGap() {
        // Given
        var alone = coordinatorOf(1).apply(new ClockGap(3_000), at(0));
        assertThat(alone.effects()).contains(new Silence(Mute.Reason.CLOCK_GAP));

        // When
        var after = alone.state().apply(new Tick(), at(Mute.CONFIRM_WITHIN_MILLIS));

        // Then
        assertThat(after.state()).isInstanceOf(Coordinator.class);
        assertThat(after.effects()).noneMatch(Rejoin.class::isInstance).hasAtLeastOneElementOfType(Serve.class);
    }

    @Test
    void shouldSayNothingToACoordinatorThatKnowsItWhenTheViewIsConfirmed() {
        var after =
                memberUnder(2).apply(new ClockGap(3_000), at(0)).state().apply(new ViewConfirmed(10, id(3)), at(100));

        assertThat(after.effects()).noneMatch(Announce.class::isInstance);
    }

    @Test
    void shouldWaitLongerForTheGroupEachTimeItJoinsAgain() {
        // Given
        var starting = MeshState.starting(facts(1), 0, START);

        // When
        var first = starting.apply(new Tick(), at(Mute.JOIN_WITHIN_MILLIS));
        var early = first.state().apply(new Tick(), at(2 * Mute.JOIN_WITHIN_MILLIS));
        var second = first.state().apply(new Tick(), at(3 * Mute.JOIN_WITHIN_MILLIS));

        // Then
        assertThat(first.effects()).contains(new Rejoin());
        assertThat(early.effects()).isEmpty();
        assertThat(second.effects()).contains(new Rejoin());
    }

    @Test
    void shouldStepDownWhenTheDirectoryNamesAnother() {
        // Given
        var uplink = uplinkUnder(2);
        var other = Optional.of(new UplinkTerm(2_000_000_000, id(3)));

        // When
        var after = uplink.apply(new DirectoryReceived(id(2), directory(10, 9, other, 1, 2, 3)), at(100));

        // Then
        assertThat(after.effects()).contains(new StopUplink());
        assertThat(after.state().known().isUplink()).isFalse();
    }

    @Test
    void shouldBelieveOnlyTheCoordinatorOfItsView() {
        // Given
        var member = memberUnder(2);
        var coup = Optional.of(new UplinkTerm(2_000_000_000, id(3)));

        // When
        var forged = member.apply(new DirectoryReceived(id(3), directory(10, 9, coup, 3)), at(100));
        var old = member.apply(new DirectoryReceived(id(2), directory(9, 9, coup, 3)), at(100));
        var repeated = member.apply(new DirectoryReceived(id(2), directory(10, 1, coup, 3)), at(100));

        // Then
        assertThat(List.of(forged, old, repeated))
                .allMatch(
                        after -> after.state().equals(member) && after.effects().isEmpty());
    }

    @Test
    void shouldEndAContestOfTwoPartitionsByALaterTerm() {
        // Given the coordinator's half and the other half elected in the same second
        var coordinator = coordinatorOf(1, 2);
        var mine = coordinator.known().directory().uplink().orElseThrow();
        var merged = coordinator
                .apply(new ViewChanged(new MeshView(30, List.of(id(1), id(2), id(3)), true)), at(100))
                .state();

        // When the other half's uplink introduces itself
        var after = merged.apply(
                new PeerFactsChanged(facts(3), Optional.of(new UplinkTerm(mine.term() + 5, id(3)))), at(200));

        // Then
        assertThat(after.state().known().directory().uplink()).contains(new UplinkTerm(mine.term() + 6, id(1)));
        assertThat(after.effects()).contains(new StartUplink(new UplinkTerm(mine.term() + 6, id(1)), Optional.empty()));
    }

    @Test
    void shouldChangeAPublishedWeightAtMostOnceAMinute() {
        // Given
        var coordinator = coordinatorOf(1, 2);

        // When
        var early = coordinator
                .apply(new PeerFactsChanged(weighing(2, 3), Optional.empty()), at(1_000))
                .state();
        var late = early.apply(new Tick(), at(61_000)).state();
        var again = late.apply(new PeerFactsChanged(weighing(2, 0), Optional.empty()), at(62_000))
                .state();

        // Then
        assertThat(weights(early)).containsEntry(id(2), 1);
        assertThat(weights(late)).containsEntry(id(2), 3);
        assertThat(weights(again)).containsEntry(id(2), 3);
    }

    @Test
    void shouldTryHqItselfWhileTheUplinkCannotReachIt() {
        // Given
        var member = memberUnder(2);
        var cutOff = facts(2).withHq(PeerFacts.HqReach.UNREACHABLE);
        var uplink = member.known().directory().uplink();
        var directory = new Directory(10, 2, uplink, List.of(new Directory.Entry(cutOff, 1, 0), entry(1)));

        // When
        var told = member.apply(new DirectoryReceived(id(2), directory), at(100));
        var soon = told.state().apply(new Tick(), at(200));
        var later = told.state().apply(new Tick(), at(100 + Joined.PROBE_EVERY_MILLIS));

        // Then
        assertThat(told.effects()).contains(new ProbeHq());
        assertThat(soon.effects()).isEmpty();
        assertThat(later.effects()).containsExactly(new ProbeHq());
    }

    @Test
    void shouldIntroduceItselfToACoordinatorThatDoesNotKnowIt() {
        // Given
        var member = memberUnder(2);
        var without = directory(10, 2, member.known().directory().uplink(), 2, 3);

        // When
        var after = member.apply(new DirectoryReceived(id(2), without), at(100));

        // Then
        assertThat(after.effects()).hasAtLeastOneElementOfType(Announce.class);
    }

    @Test
    void shouldFallSilentWhenTheViewGoesOnWithoutIt() {
        // When
        var after = memberUnder(2).apply(new ViewChanged(view(11, 2, 3)), at(100));

        // Then
        assertThat(after.state()).isInstanceOf(Mute.class);
        assertThat(after.effects()).containsExactly(new Silence(Mute.Reason.REJOINING), new Rejoin());
    }

    @Test
    void shouldFollowADirectoryThatOvertookItsView() {
        // Given an uplink that died; the next coordinator elects this peer before the view has reached it
        var member = memberUnder(2);
        var elected = new UplinkTerm(1_700_000_007, id(1));

        // When
        var early = member.apply(new DirectoryReceived(id(3), directory(11, 1, Optional.of(elected), 1, 3)), at(100));
        var after = early.state().apply(new ViewChanged(view(11, 3, 1)), at(110));

        // Then
        assertThat(early.effects()).isEmpty();
        assertThat(after.effects())
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                StartUplink.class,
                                start -> assertThat(start.term()).isEqualTo(elected)));
        assertThat(after.state().known().early()).isEmpty();
    }

    @Test
    void shouldNotFollowAnEarlyDirectoryOfAPeerThatIsNotTheCoordinatorOfThatView() {
        var forged = new UplinkTerm(1_700_000_007, id(1));

        var after = memberUnder(2)
                .apply(new DirectoryReceived(id(5), directory(11, 1, Optional.of(forged), 1, 3)), at(100))
                .state()
                .apply(new ViewChanged(view(11, 3, 1)), at(110));

        assertThat(after.effects()).noneMatch(StartUplink.class::isInstance);
    }

    private static MeshState coordinatorOf(int... members) {
        var state = MeshState.starting(facts(1), 0, START)
                .apply(new ViewChanged(view(10, members)), START)
                .state();
        for (var n : members) {
            state = state.apply(new PeerFactsChanged(facts(n), Optional.empty()), START)
                    .state();
        }
        return state;
    }

    private static MeshState memberUnder(int coordinator) {
        return following(coordinator, coordinator);
    }

    private static MeshState uplinkUnder(int coordinator) {
        return following(coordinator, 1);
    }

    private static MeshState following(int coordinator, int uplink) {
        var term = Optional.of(new UplinkTerm(1_700_000_000, id(uplink)));
        return MeshState.starting(facts(1), 0, START)
                .apply(new ViewChanged(view(10, coordinator, 1, 3)), START)
                .state()
                .apply(new DirectoryReceived(id(coordinator), directory(10, 1, term, coordinator, 1, 3)), START)
                .state();
    }

    private static Directory directory(long view, long version, Optional<UplinkTerm> uplink, int... members) {
        return new Directory(
                view,
                version,
                uplink,
                IntStream.of(members).mapToObj(HealingTest::entry).toList());
    }

    private static Directory.Entry entry(int n) {
        return new Directory.Entry(facts(n), 1, 0);
    }

    private static Map<UUID, Integer> weights(MeshState state) {
        var weights = new HashMap<UUID, Integer>();
        state.inputs().members().forEach(peer -> weights.put(peer.id(), peer.weightClass()));
        return weights;
    }

    private static Moment at(long millis) {
        return new Moment(millis, 1_700_000_000 + millis / 1_000);
    }
}
