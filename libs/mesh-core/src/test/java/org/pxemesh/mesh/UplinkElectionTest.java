package org.pxemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.mesh.Peers.as;
import static org.pxemesh.mesh.Peers.facts;
import static org.pxemesh.mesh.Peers.id;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pxemesh.mesh.PeerFacts.HqReach;
import org.pxemesh.mesh.PeerFacts.Link;
import org.pxemesh.mesh.PeerFacts.Power;
import org.pxemesh.mesh.UplinkElection.Challenge;
import org.pxemesh.mesh.UplinkElection.Outcome;

class UplinkElectionTest {
    private static final Moment NOW = new Moment(100_000, 5_000);
    private static final Moment LATER = new Moment(100_000 + UplinkElection.PATIENCE_MILLIS, 5_005);

    @Test
    void shouldPreferWiredAndMains() {
        // Given
        var wifi = as(facts(1), Link.WIFI, Power.MAINS, Pin.NONE);
        var battery = as(facts(2), Link.WIRED, Power.BATTERY, Pin.NONE);
        var office = facts(3);

        // Then
        assertThat(elect(Optional.empty(), wifi, battery, office).winner()).contains(id(3));
        assertThat(elect(Optional.empty(), wifi, battery).winner()).contains(id(2));
    }

    @Test
    void shouldTakeTheOneThatHasRunLongestAmongEquals() {
        assertThat(elect(Optional.empty(), facts(3), facts(1), facts(2)).winner())
                .contains(id(1));
    }

    @Test
    void shouldKeepAnIncumbentAgainstAnEqual() {
        assertThat(elect(Optional.of(2), facts(1), facts(2)))
                .isEqualTo(new Outcome(Optional.of(id(2)), Optional.empty()));
    }

    @Test
    void shouldReplaceAnIncumbentOnlyAfterTheChallengerStayedBetter() {
        // Given
        var cutOff = facts(1).withHq(HqReach.UNREACHABLE);
        var connected = facts(2).withHq(HqReach.REACHABLE);
        var incumbent = Optional.of(id(1));

        // When
        var first = UplinkElection.elect(incumbent, List.of(cutOff, connected), Optional.empty(), NOW);
        var second = UplinkElection.elect(incumbent, List.of(cutOff, connected), first.challenge(), LATER);

        // Then
        assertThat(first).isEqualTo(new Outcome(incumbent, Optional.of(new Challenge(id(2), NOW.millis()))));
        assertThat(second.winner()).contains(id(2));
    }

    @Test
    void shouldForgetAChallengeThatDidNotLast() {
        // Given
        var challenge = Optional.of(new Challenge(id(2), NOW.millis()));

        // When
        var outcome = UplinkElection.elect(Optional.of(id(1)), List.of(facts(1), facts(2)), challenge, LATER);

        // Then
        assertThat(outcome).isEqualTo(new Outcome(Optional.of(id(1)), Optional.empty()));
    }

    @Test
    void shouldReplaceADeadOrExcludedIncumbentAtOnce() {
        // Given
        var excluded = as(facts(1), Link.WIRED, Power.MAINS, Pin.EXCLUDED);

        // Then
        assertThat(elect(Optional.of(9), facts(1), facts(2)).winner()).contains(id(1));
        assertThat(elect(Optional.of(1), excluded, facts(2)).winner()).contains(id(2));
        assertThat(elect(Optional.of(1), excluded).winner()).isEmpty();
    }

    private static Outcome elect(Optional<Integer> incumbent, PeerFacts... present) {
        return UplinkElection.elect(incumbent.map(Peers::id), List.of(present), Optional.empty(), NOW);
    }
}
