package org.pxemesh.zoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.pxemesh.netboot.learn.FormMemory;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.audit.ReplyAudit;
import org.pxemesh.zoo.audit.TransferAudit;
import org.pxemesh.zoo.firmware.Bare;
import org.pxemesh.zoo.firmware.BootClient;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Person;
import org.pxemesh.zoo.firmware.Phase;
import org.pxemesh.zoo.sim.BareHost;
import org.pxemesh.zoo.sim.DhcpHost;
import org.pxemesh.zoo.sim.Host;
import org.pxemesh.zoo.sim.Troubles;
import org.pxemesh.zoo.sim.Wire;
import org.pxemesh.zoo.wire.DhcpRequest;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;

/** A segment for tests: a DHCP server, peers of the engine, other hosts, and a machine of the zoo. */
final class Segment {

    static final int DHCP = Endpoint.address("192.0.2.1");
    static final int LEASE = Endpoint.address("192.0.2.100");
    static final int FIRST_PEER = Endpoint.address("192.0.2.11");
    private static final long LIMIT_MILLIS = 300_000;

    private final List<EnginePeer> peers = new ArrayList<>();
    private final List<Host> others = new ArrayList<>();
    private DhcpHost dhcp = DhcpHost.plain(DHCP, LEASE);
    private Troubles troubles = Troubles.NONE;
    private long seed = 1;
    private Person person = Person.NOBODY;
    private boolean othersAnswerFirst = true;
    private BareHost client = new BareHost(0, BootClient.off(Firmware.EDK2, Bare.number(0), ServicePorts.STANDARD));
    private Wire wire = new Wire(List.of(), Set.of(), Troubles.NONE, 0);

    private Segment() {}

    static Segment of(int holders) {
        Segment segment = new Segment();
        for (int n = 0; n < holders; n++) {
            segment.peers.add(new EnginePeer(FIRST_PEER + n, n, holders, files(), Segment::program));
        }
        return segment;
    }

    /** One holder, and peers that can only point at it. */
    static Segment pointing(int pointers) {
        Segment segment = of(1);
        for (int n = 1; n <= pointers; n++) {
            segment.peers.add(new EnginePeer(FIRST_PEER + n, n, 1, segment.peer(0)));
        }
        return segment;
    }

    Segment dhcp(int delayMillis, UnaryOperator<DhcpRequest> extras) {
        dhcp = new DhcpHost(DHCP, LEASE, delayMillis, extras);
        return this;
    }

    Segment with(Host other) {
        others.add(other);
        return this;
    }

    Segment othersAnswerFirst(boolean first) {
        othersAnswerFirst = first;
        return this;
    }

    Segment troubles(Troubles wanted, long chance) {
        troubles = wanted;
        seed = chance;
        return this;
    }

    Segment sharing(FormMemory memory) {
        peers.forEach(peer -> peer.remembering(memory));
        return this;
    }

    Segment each(java.util.function.Consumer<EnginePeer> act) {
        peers.forEach(act);
        return this;
    }

    /** Names of all forms that were sent, by whichever peer. */
    List<String> sentForms() {
        return peers.stream().flatMap(peer -> peer.sentForms().stream()).toList();
    }

    /** Somebody sits in front of the machine. */
    Segment before(Person who) {
        person = who;
        return this;
    }

    EnginePeer peer(int n) {
        return peers.get(n);
    }

    /** Boots a machine to its end. */
    Phase.Ended boot(Firmware firmware) {
        return boot(firmware, firmware.machine(1));
    }

    Phase.Ended boot(Firmware firmware, Bare machine) {
        begin(firmware, machine);
        wire.runUntil(() -> client.program().isOver(), LIMIT_MILLIS);
        return end();
    }

    void begin(Firmware firmware, Bare machine) {
        client = new BareHost(
                LEASE + (machine.chaddr()[machine.chaddr().length - 1] & 127),
                BootClient.off(firmware, machine, ServicePorts.STANDARD).before(person));
        List<Host> hosts = new ArrayList<>(othersAnswerFirst ? others : peers);
        hosts.addAll(othersAnswerFirst ? peers : others);
        hosts.add(dhcp);
        hosts.add(client);
        wire = new Wire(hosts, Set.of(dhcp), troubles, seed);
        wire.send(client, client.start(0));
    }

    Wire wire() {
        return wire;
    }

    Phase.Ended end() {
        Phase phase = ((BootClient) client.program()).phase();
        if (phase instanceof Phase.Ended ended) {
            return ended;
        }
        throw new AssertionError("the machine still is " + phase);
    }

    Phase phase() {
        return ((BootClient) client.program()).phase();
    }

    List<ZooEffect.SawReply> replies() {
        return client.saw();
    }

    /** All that a conformance run would find. */
    List<Finding> findings() {
        BootClient program = (BootClient) client.program();
        List<Finding> all = new ArrayList<>();
        client.saw().forEach(saw -> all.addAll(ReplyAudit.judge(program.firmware(), ServicePorts.STANDARD, saw)));
        end().transfers().forEach(fetch -> all.addAll(TransferAudit.judge(fetch)));
        return all;
    }

    /** The boot program by firmware kind and stage. */
    static String program(String client) {
        return switch (client) {
            case "BIOS/false" -> "Boot/pxeboot.n12";
            case "BIOS/true", "UEFI/true" -> "boot.ipxe";
            case "UEFI_HTTP/false" -> "http://192.0.2.11:8069/bootx64.efi";
            case "BOARD/false" -> "bootcode.bin";
            default -> "EFI/bootx64.efi";
        };
    }

    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>();
        Random random = new Random(7);
        Map.ofEntries(
                        Map.entry("Boot/pxeboot.n12", 25_772),
                        Map.entry("boot.ipxe", 300),
                        Map.entry("EFI/bootx64.efi", 145_332), // 99 blocks of 1468: an empty one follows
                        Map.entry("EFI/grubx64.efi", 60_001),
                        Map.entry("bootmgr.exe", 90_000),
                        Map.entry("Boot/BCD", 16_384),
                        Map.entry("wrap.bin", 600_007),
                        Map.entry("Boot/boot.sdi", 31_000),
                        Map.entry("Boot/boot.wim", 400_000),
                        Map.entry("start4.elf", 12_000))
                .forEach((name, length) -> {
                    byte[] content = new byte[length];
                    random.nextBytes(content);
                    files.put(name.toLowerCase(Locale.ROOT), content);
                });
        return files;
    }
}
