package org.pxemesh.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.zoo.audit.Drill;
import org.pxemesh.zoo.audit.Drills;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.audit.Finding.Verdict;
import org.pxemesh.zoo.firmware.Bare;
import org.pxemesh.zoo.firmware.BootClient;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Phase;
import org.pxemesh.zoo.firmware.Phase.Outcome;
import org.pxemesh.zoo.sim.BareHost;
import org.pxemesh.zoo.sim.DhcpHost;
import org.pxemesh.zoo.sim.Host;
import org.pxemesh.zoo.sim.Troubles;
import org.pxemesh.zoo.sim.Wire;
import org.pxemesh.zoo.tftp.Errand;
import org.pxemesh.zoo.tftp.Fetch;
import org.pxemesh.zoo.tftp.FetchStage.End;
import org.pxemesh.zoo.tftp.Manners;
import org.pxemesh.zoo.tftp.Mischief;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;

/** Statements about TFTP, each as a transfer that a client of the zoo makes. */
class TransferFactsTest {

    private static final Manners PLAIN = new Manners(1456, 0, Manners.Size.FIRST, 1000, 6, Map.of());

    private record Ride(Fetch fetch, Wire wire, EnginePeer peer) {}

    private static Ride ride(Errand errand, Troubles troubles) {
        EnginePeer peer = new EnginePeer(Segment.FIRST_PEER, 0, 1, Segment.files(), Segment::program);
        Fetch fetch = Fetch.of(errand, new Endpoint(Segment.FIRST_PEER, 69), 50_000);
        BareHost client = new BareHost(Segment.LEASE, fetch);
        Wire wire = new Wire(List.of(peer, client), Set.of(), troubles, 1);
        wire.send(client, client.start(0));
        wire.runUntil(() -> client.program().isOver(), 600_000);
        wire.runUntil(() -> peer.running() == 0, wire.now() + 1_000);
        return new Ride((Fetch) client.program(), wire, peer);
    }

    static List<Drill> drills() {
        return Drills.with(ride(Errand.get("wrap.bin", PLAIN), Troubles.NONE).fetch());
    }

    /** The drills of the conformance run: Q80, Q82 to Q88, Q90 to Q92, Q94 and Q95 by their own names. */
    @ParameterizedTest
    @MethodSource("drills")
    void Q80_Q81_Q82_Q83_Q84_Q85_Q86_Q87_Q88_Q90_Q91_Q92_Q94_Q95_shouldPassTheDrills(Drill drill) {
        Finding finding =
                drill.judge().apply(ride(drill.errand(), Troubles.NONE).fetch());

        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void Q82_shouldKeepNothingOfAProbe() {
        Ride probe = ride(Errand.probe("EFI/bootx64.efi", Manners.EDK2_SIZE), Troubles.NONE);

        assertThat(probe.fetch().end().orElseThrow().detail()).isEqualTo("145332");
        assertThat(probe.peer().running()).isZero();
    }

    static LongStream losses() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void Q86_shouldSendOneWindowAgainForOneLostBlock(long block) {
        Ride clean = ride(Errand.get("EFI/bootx64.efi", Manners.EDK2), Troubles.NONE);

        Ride lossy = ride(Errand.get("EFI/bootx64.efi", Manners.EDK2).with(Mischief.losing(block)), Troubles.NONE);

        assertThat(lossy.fetch().tally().digest())
                .isEqualTo(clean.fetch().tally().digest());
        assertThat(lossy.fetch().tally().packets())
                .as("W = 4: at most the window once more")
                .isLessThanOrEqualTo(clean.fetch().tally().packets() + 4);
    }

    @Test
    void Q89_shouldEndAFileOfWholeBlocksWithAnEmptyOne() {
        Ride ride = ride(Errand.get("EFI/bootx64.efi", Manners.EDK2), Troubles.NONE);

        assertThat(ride.fetch().end().orElseThrow().end()).isEqualTo(End.COMPLETE);
        assertThat(ride.fetch().tally().packets()).isEqualTo(145_332 / 1468 + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {3_000, 8_000, 19_000})
    void Q96_shouldGoOnAfterASilenceThatEdk2Survives(long silence) {
        Segment segment = Segment.of(1);
        segment.begin(Firmware.EDK2, Bare.number(1));
        segment.wire().runUntil(TransferFactsTest.inTheMiddle(segment), 60_000);
        long since = segment.wire().now();

        segment.peer(0).die();
        segment.wire().runUntil(() -> false, since + silence);
        segment.peer(0).live();
        segment.wire().runUntil(() -> segment.phase() instanceof Phase.Ended, 120_000);

        assertThat(segment.end().how()).as(segment.end().detail()).isEqualTo(Outcome.BOOTED);
    }

    private static java.util.function.BooleanSupplier inTheMiddle(Segment segment) {
        return () -> segment.phase() instanceof Phase.Fetching(var name, var errands)
                && errands.current().tally().bytes() > 50_000;
    }

    @Test
    void Q97_shouldTellTheExactSize() {
        Ride ride = ride(Errand.get("Boot/boot.wim", PLAIN), Troubles.NONE);

        assertThat(ride.fetch().tally().granted()).containsEntry("tsize", "400000");
        assertThat(ride.fetch().tally().bytes()).isEqualTo(400_000);
    }

    @Test
    void Q99_shouldBootFortyEightMachinesAtOnce() {
        List<EnginePeer> peers = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            peers.add(new EnginePeer(Segment.FIRST_PEER + n, n, 3, Segment.files(), Segment::program));
        }
        List<BareHost> machines = new ArrayList<>();
        for (int n = 1; n <= 48; n++) {
            machines.add(new BareHost(
                    Segment.LEASE + n, BootClient.off(Firmware.EDK2, Firmware.EDK2.machine(n), ServicePorts.STANDARD)));
        }
        List<Host> hosts = new ArrayList<>(peers);
        hosts.add(DhcpHost.plain(Segment.DHCP, Segment.LEASE));
        hosts.addAll(machines);
        Wire wire = new Wire(hosts, Set.of(), new Troubles(5, 5, 5, 2, false), 3);

        machines.forEach(machine -> wire.send(machine, machine.start(0)));
        wire.runUntil(() -> machines.stream().allMatch(m -> m.program().isOver()), 300_000);

        assertThat(machines)
                .extracting(m -> ((BootClient) m.program()).phase())
                .allMatch(phase -> phase instanceof Phase.Ended ended && ended.how() == Outcome.BOOTED);
    }

    @Test
    void Q100_shouldMoveABlockPerRoundTripInLockStep() {
        Ride ride = ride(Errand.get("Boot/boot.wim", PLAIN), new Troubles(0, 0, 0, 12, false));

        double kilobytesPerSecond = 400.0 / ride.wire().now() * 1000;

        assertThat(kilobytesPerSecond).as("1456 octets per 24 ms").isBetween(58.0, 61.0);
    }
}
