package org.pxemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.pxemesh.events.CollectionChanged;
import org.pxemesh.events.CollectionDeleted;
import org.pxemesh.events.CollectionKind;
import org.pxemesh.events.CollectionState;
import org.pxemesh.events.ComputerChanged;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentChanged;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.Event;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PolicyChanged;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.policy.rule.Labels;

/** Whatever HQ said, in whatever order it arrived. */
class DeciderPropertyTest {

    private static final List<UUID> IDS = List.of(Hq.id("1"), Hq.id("2"), Hq.id("3"), Collected.ALL_COMPUTERS);

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerWithAPlanThatHoldsTogetherOrWithReasons(
            @ForAll("events") List<Event> events,
            @ForAll("clients") BootClient client,
            @ForAll("views") PeerView view) {
        PolicySnapshot snapshot = PolicySnapshot.EMPTY.applyAll(events);

        Decision decision = Decider.decide(client, snapshot, Map.of(Hq.DEBIAN, Hq.DEBIAN_FILES), view);

        switch (decision) {
            case BootPlan plan -> {
                assertThat(plan.files()).contains(plan.nbp()).containsAll(plan.next());
                assertThat(snapshot.isFresh(view.now())).isTrue();
                assertThat(snapshot.deployments().get(plan.deploymentId()))
                        .satisfies(d -> assertThat(d.kind()).isNotEqualTo(DeploymentKind.LOCAL))
                        .satisfies(d -> assertThat(d.unknownComputers() || plan.computerId() != null)
                                .isTrue());
            }
            case Ignored ignored -> assertThat(ignored.reasons()).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void shouldDecideAlikeOnEveryPeerWhateverOrderTheRecordsCameIn(
            @ForAll("events") List<Event> events,
            @ForAll("clients") BootClient client,
            @ForAll("views") PeerView view,
            @ForAll long seed) {
        // Given: revisions that tell the truth, as the one writer of a topic writes them
        List<Event> shuffled = new ArrayList<>(distinctRevisions(events));
        PolicySnapshot one = PolicySnapshot.EMPTY.applyAll(shuffled);
        Collections.shuffle(shuffled, new Random(seed));

        // When
        PolicySnapshot other = PolicySnapshot.EMPTY;
        for (Event event : shuffled) {
            other = other.apply(event);
        }

        // Then
        Map<String, Set<String>> held = Map.of(Hq.DEBIAN, Hq.DEBIAN_FILES);
        assertThat(Decider.decide(client, other, held, view)).isEqualTo(Decider.decide(client, one, held, view));
        assertThat(HoldOrder.of(other, view)).isEqualTo(HoldOrder.of(one, view));
    }

    /** Keeps the first event of each entity and revision. */
    private static List<Event> distinctRevisions(List<Event> events) {
        Set<String> seen = new HashSet<>();
        return events.stream().filter(event -> seen.add(place(event))).toList();
    }

    private static String place(Event event) {
        return switch (event) {
            case CollectionChanged e ->
                "c" + e.collection().id() + e.collection().revision();
            case CollectionDeleted e -> "c" + e.id() + e.revision();
            case ComputerChanged e -> "m" + e.computer().id() + e.computer().revision();
            case ComputerDeleted e -> "m" + e.id() + e.revision();
            case PolicyChanged e -> "p" + e.policy().id() + e.policy().revision();
            case DeploymentChanged e ->
                "d" + e.deployment().id() + e.deployment().revision();
            default -> event.getClass().getSimpleName();
        };
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return event().list().ofMaxSize(25);
    }

    @Provide
    Arbitrary<BootClient> clients() {
        return Combinators.combine(mac(), guid(), Arbitraries.of(ClientArchitecture.values()))
                .as((mac, guid, architecture) -> new BootClient(mac, guid.isEmpty() ? null : guid, architecture));
    }

    @Provide
    Arbitrary<PeerView> views() {
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, false), mac(), labels())
                .as((known, any, mac, labels) ->
                        new PeerView(known ? Hq.PARIS : null, any, List.of(mac), Labels.of(labels), Hq.NOW));
    }

    private Arbitrary<Event> event() {
        Arbitrary<Event> always = Arbitraries.of(
                new EpochRenewed(1, Hq.NOW, Hq.NOW.plusSeconds(1)),
                Hq.site(SiteKind.BRANCH, 1),
                new PackageBuilt(Hq.debian()));
        Arbitrary<Event> retired = Arbitraries.of(Hq.retired());
        return Arbitraries.frequencyOf(
                Tuple.of(4, always),
                Tuple.of(1, retired),
                Tuple.of(2, collection()),
                Tuple.of(2, computer()),
                Tuple.of(2, policy()),
                Tuple.of(2, deployment()));
    }

    private Arbitrary<Event> collection() {
        Arbitrary<String> rules = Arbitraries.of("os = linux", "site = paris", "not os = *", "os ~ broken");
        return Combinators.combine(id(), revision(), Arbitraries.of(CollectionKind.values()), rules, gone())
                .as((id, revision, kind, rule, gone) -> gone
                        ? new CollectionDeleted(id, revision)
                        : new CollectionChanged(new CollectionState(
                                id, revision, "c", kind, kind == CollectionKind.RULE ? rule : null)));
    }

    private Arbitrary<Event> computer() {
        return Combinators.combine(
                        id(), revision(), mac(), guid(), labels(), id().list().ofMaxSize(2), gone())
                .as((id, revision, mac, guid, labels, lists, gone) -> gone
                        ? new ComputerDeleted(id, revision, Hq.PARIS)
                        : new ComputerChanged(new ComputerState(
                                id,
                                revision,
                                "pc",
                                Hq.PARIS,
                                List.of(mac),
                                guid.isEmpty() ? null : guid,
                                labels,
                                lists)));
    }

    private Arbitrary<Event> policy() {
        return Combinators.combine(
                        id(),
                        revision(),
                        Arbitraries.of(PolicyMode.values()),
                        Arbitraries.of(UnknownComputers.values()),
                        id().list().ofMaxSize(2),
                        gone())
                .as((id, revision, mode, unknown, collections, off) -> new PolicyChanged(new PolicyState(
                        id,
                        revision,
                        "p",
                        !off,
                        mode,
                        collections,
                        unknown,
                        new Holding(HoldKind.DEPLOYED, List.of(), 0))));
    }

    private Arbitrary<Event> deployment() {
        return Combinators.combine(
                        id(),
                        revision(),
                        Arbitraries.of(DeploymentKind.values()),
                        Arbitraries.of(Hq.DEBIAN, "never@built", ""),
                        id(),
                        Arbitraries.of(true, false))
                .as((id, revision, kind, ref, collection, unknown) -> new DeploymentChanged(new DeploymentState(
                        id,
                        revision,
                        "d",
                        ref.isEmpty() ? null : ref,
                        unknown ? null : collection,
                        unknown,
                        kind,
                        List.of())));
    }

    private Arbitrary<UUID> id() {
        return Arbitraries.of(IDS);
    }

    private Arbitrary<Long> revision() {
        return Arbitraries.longs().between(1, 4);
    }

    private Arbitrary<Boolean> gone() {
        return Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
    }

    private Arbitrary<String> mac() {
        return Arbitraries.of("52:54:00:00:00:01", "52:54:00:00:00:02");
    }

    private Arbitrary<String> guid() {
        return Arbitraries.of("", "4c4c4544-0042-3510-8052-b4c04f4e4d32", "00000000-0000-0000-0000-000000000000");
    }

    private Arbitrary<Map<String, String>> labels() {
        return Arbitraries.of(Map.of(), Map.of("os", "linux"), Map.of("os", "windows", "site", "paris"));
    }
}
