package org.pxemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.pxemesh.mesh.Peers.PACKAGE;
import static org.pxemesh.mesh.Peers.id;
import static org.pxemesh.mesh.Peers.inputs;
import static org.pxemesh.mesh.Peers.mac;
import static org.pxemesh.mesh.Peers.member;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RankingTest {
    @Property(tries = 200)
    void shouldRankAlikeWhateverTheOrderOfTheInputs(
            @ForAll int client, @ForAll @IntRange(min = 1, max = 50) int peers, @ForAll long seed) {
        // Given
        var ordered = inputs(peers);
        var members = new ArrayList<>(ordered.members());
        Collections.shuffle(members, new Random(seed));

        // When
        var one = Ranking.rank(mac(client), ordered, PACKAGE);
        var other = Ranking.rank(mac(client), inputs(members), PACKAGE);

        // Then
        assertThat(one).isEqualTo(other).hasSize(peers);
    }

    /** Holders, others and excluded ones of all classes and pins. */
    @Property(tries = 300)
    void shouldPlaceAPeerWhereTheOrderHasIt(
            @ForAll int client, @ForAll @IntRange(min = 0, max = 30) int peers, @ForAll long seed) {
        // Given
        var chance = new Random(seed);
        var members = new ArrayList<RankingMember>();
        Set<UUID> holders = new HashSet<>();
        for (var i = 0; i < peers; i++) {
            members.add(member(i, chance.nextInt(4), Pin.values()[chance.nextInt(Pin.values().length)]));
            if (chance.nextBoolean()) {
                holders.add(id(i));
            }
        }
        var inputs = new RankingInputs(1, 1, Ranking.ALGORITHM, members, Map.of(PACKAGE, holders));
        var ordered = Ranking.answerers(mac(client), inputs, PACKAGE).stream()
                .map(RankingMember::id)
                .toList();
        var count = Ranking.rank(mac(client), inputs, PACKAGE).size();

        for (var peer = -1; peer < peers; peer++) {
            // When
            var place = Ranking.place(mac(client), inputs, PACKAGE, id(peer));

            // Then
            assertThat(place).isEqualTo(new Ranking.Place(ordered.indexOf(id(peer)), count));
        }
    }

    @Property(tries = 200)
    void shouldMoveOnlyTheClientsOfADeadMember(@ForAll int client, @ForAll @IntRange(min = 1, max = 20) int dead) {
        // Given
        var before = Ranking.rank(mac(client), inputs(20), PACKAGE);
        var survivors = inputs(20).members().stream()
                .filter(peer -> !peer.id().equals(id(dead)))
                .toList();

        // When
        var after = Ranking.rank(mac(client), inputs(survivors), PACKAGE);

        // Then the order of all others is what it was
        assertThat(after)
                .isEqualTo(before.stream()
                        .filter(peer -> !peer.id().equals(id(dead)))
                        .toList());
    }

    @Test
    void shouldGiveEachClassTwiceTheClientsOfTheOneBelow() {
        // Given one member of each class: weights 1, 2, 4, 8
        var inputs = inputs(List.of(
                member(1, 0, Pin.NONE), member(2, 1, Pin.NONE), member(3, 2, Pin.NONE), member(4, 3, Pin.NONE)));
        Map<UUID, Integer> clients = new HashMap<>();

        // When
        for (var client = 0; client < 30_000; client++) {
            var first = Ranking.rank(mac(client), inputs, PACKAGE).getFirst();
            clients.merge(first.id(), 1, Integer::sum);
        }

        // Then
        assertThat(clients.get(id(1))).isCloseTo(2_000, within(200));
        assertThat(clients.get(id(2))).isCloseTo(4_000, within(300));
        assertThat(clients.get(id(3))).isCloseTo(8_000, within(400));
        assertThat(clients.get(id(4))).isCloseTo(16_000, within(500));
    }

    @Test
    void shouldMoveClientsOnlyToOrFromAMemberWhoseWeightChanged() {
        // Given
        var weak = inputs(List.of(member(1, 1, Pin.NONE), member(2, 1, Pin.NONE), member(3, 1, Pin.NONE)));
        var strong = inputs(List.of(member(1, 1, Pin.NONE), member(2, 1, Pin.NONE), member(3, 2, Pin.NONE)));

        for (var client = 0; client < 2_000; client++) {
            // When
            var before = Ranking.rank(mac(client), weak, PACKAGE).getFirst().id();
            var after = Ranking.rank(mac(client), strong, PACKAGE).getFirst().id();

            // Then
            if (!before.equals(after)) {
                assertThat(after).isEqualTo(id(3));
            }
        }
    }

    @Test
    void shouldPutPinnedPeersFirstAndLeaveExcludedOnesOut() {
        // Given
        var inputs = inputs(List.of(member(1, 3, Pin.NONE), member(2, 0, Pin.PREFERRED), member(3, 3, Pin.EXCLUDED)));

        // When
        var ranked = Ranking.rank(mac(7), inputs, PACKAGE);

        // Then
        assertThat(ranked).extracting(RankingMember::id).containsExactly(id(2), id(1));
    }

    @Test
    void shouldRankHoldersOnly() {
        // Given
        var members = inputs(3).members();
        var inputs = new RankingInputs(1, 1, Ranking.ALGORITHM, members, Map.of("other@1", Set.of(id(2))));

        // Then
        assertThat(Ranking.rank(mac(7), inputs, "other@1"))
                .extracting(RankingMember::id)
                .containsExactly(id(2));
        assertThat(Ranking.rank(mac(7), inputs, PACKAGE)).isEmpty();
    }

    @Test
    void shouldRankNobodyByAnAlgorithmItDoesNotKnow() {
        // Given
        var known = inputs(3);
        var future = new RankingInputs(1, 1, Ranking.ALGORITHM + 1, known.members(), known.holders());

        // Then
        assertThat(Ranking.rank(mac(7), future, PACKAGE)).isEmpty();
    }

    @Test
    void shouldGoRoundTheHoldersWithEachAttempt() {
        // Given
        var ranked = Ranking.rank(mac(7), inputs(3), PACKAGE);

        // Then
        assertThat(List.of(0, 1, 2, 3, 7))
                .extracting(attempt -> Ranking.responder(ranked, attempt).orElseThrow())
                .containsExactly(ranked.get(0), ranked.get(1), ranked.get(2), ranked.get(0), ranked.get(1));
        assertThat(Ranking.responder(List.of(), 0)).isEmpty();
    }

    @Test
    void shouldCountHowManyStandBeforeAPeerInAnAttempt() {
        // Given
        var ranked = Ranking.rank(mac(7), inputs(3), PACKAGE);
        var second = ranked.get(1).id();

        // Then
        assertThat(Ranking.position(ranked, second, 0)).contains(1);
        assertThat(Ranking.position(ranked, second, 1)).contains(0);
        assertThat(Ranking.position(ranked, second, 2)).contains(2);
        assertThat(Ranking.position(ranked, id(99), 0)).isEmpty();
    }

    @Test
    void shouldReplaceALostHolderByOneOther() {
        // Given two of six that are to hold a package
        var six = inputs(6);
        var chosen = holdersOf(six);
        var lost = chosen.getFirst();
        var five = inputs(six.members().stream()
                .filter(member -> !member.id().equals(lost))
                .toList());

        // When
        var after = holdersOf(five);

        // Then the other one still holds it
        assertThat(chosen).hasSize(2);
        assertThat(after).hasSize(2).contains(chosen.getLast());
    }

    @Test
    void shouldLetTheUplinkHoldWhoeverElseDoes() {
        // Given
        var inputs = inputs(20);

        for (var uplink = 1; uplink <= 20; uplink++) {
            // When
            var elected = Optional.of(id(uplink));
            var chosen = inputs.members().stream()
                    .map(RankingMember::id)
                    .filter(peer -> Ranking.holds(peer, PACKAGE, inputs, elected, 3))
                    .toList();

            // Then
            assertThat(chosen).hasSize(3).contains(id(uplink));
        }
    }

    @Test
    void shouldLetEverybodyHoldWhenMoreAreWantedThanThereAre() {
        // Given
        var inputs = inputs(3);

        // Then
        assertThat(inputs.members())
                .allMatch(member -> Ranking.holds(member.id(), PACKAGE, inputs, Optional.empty(), 5));
    }

    @Test
    void shouldGiveNothingUpBeforeWhoeverTakesItsPlaceHasItWhole() {
        // Given two of five that hold it
        var five = inputs(5);
        var before = holdersOf(five);

        for (var joined = 6; joined <= 30; joined++) {
            // When one more joins
            var six = with(five, id(joined));
            var after = holdersOf(six);

            // Then at most one of the two is replaced
            assertThat(before.stream().filter(after::contains).count()).isGreaterThanOrEqualTo(1);

            // and nobody lets go before the new one is ready
            assertThat(holding(held(six, before))).containsAll(before).containsAll(after);
            var ready = new ArrayList<>(before);
            ready.addAll(after);
            assertThat(holding(held(six, ready))).containsExactlyInAnyOrderElementsOf(after);
        }
    }

    @Test
    void shouldGoOnHoldingWhenTheNewOneLeavesAgain() {
        // Given
        var five = inputs(5);
        var before = holdersOf(five);

        // Then
        assertThat(holding(held(five, before))).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void shouldLetOthersPointAtHoldersAfterAllOfThem() {
        // Given
        var five = inputs(5);
        var two = List.of(id(2), id(4));
        var client = new byte[] {2, 0, 0, 0, 0, 9};

        // When
        var order = Ranking.answerers(client, held(five, two), PACKAGE);

        // Then
        assertThat(order).hasSize(5).doesNotHaveDuplicates();
        assertThat(order.subList(0, 2)).isEqualTo(Ranking.rank(client, held(five, two), PACKAGE));
        assertThat(Ranking.answerers(client, held(five, List.of()), PACKAGE)).isEmpty();
    }

    private static RankingInputs with(RankingInputs inputs, UUID joined) {
        var members = new ArrayList<>(inputs.members());
        members.add(new RankingMember(joined, members.getFirst().address(), 2, Pin.NONE));
        return new RankingInputs(2, 1, Ranking.ALGORITHM, members, inputs.holders());
    }

    private static RankingInputs held(RankingInputs inputs, List<UUID> holders) {
        return new RankingInputs(3, 1, Ranking.ALGORITHM, inputs.members(), Map.of(PACKAGE, Set.copyOf(holders)));
    }

    private static List<UUID> holding(RankingInputs inputs) {
        return inputs.members().stream()
                .map(RankingMember::id)
                .filter(peer -> Ranking.holds(peer, PACKAGE, inputs, Optional.empty(), 2))
                .toList();
    }

    private static List<UUID> holdersOf(RankingInputs inputs) {
        return inputs.members().stream()
                .map(RankingMember::id)
                .filter(peer -> Ranking.holds(peer, PACKAGE, held(inputs, List.of()), Optional.empty(), 2))
                .toList();
    }
}
