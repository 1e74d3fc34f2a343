package org.pxemesh.zoo.firmware;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pxemesh.zoo.Program;
import org.pxemesh.zoo.ZooEffect;
import org.pxemesh.zoo.ZooEffect.Question;
import org.pxemesh.zoo.ZooEvent;
import org.pxemesh.zoo.firmware.Phase.AskingBootServer;
import org.pxemesh.zoo.firmware.Phase.Discovering;
import org.pxemesh.zoo.firmware.Phase.Ended;
import org.pxemesh.zoo.firmware.Phase.Fetching;
import org.pxemesh.zoo.firmware.Phase.Outcome;
import org.pxemesh.zoo.firmware.Phase.Requesting;
import org.pxemesh.zoo.tftp.Errand;
import org.pxemesh.zoo.tftp.Errands;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;

/** A machine from power-on to its loader's last file, as its firmware does it. */
public record BootClient(Firmware firmware, Bare machine, ServicePorts ports, Person person, Phase phase)
        implements Program {

    /** EDK2's buffer for one DHCP packet. */
    private static final int BIGGEST = 1472;

    private static final int OFFER = 2;
    private static final int ACK = 5;
    private static final int REQUEST_MILLIS = 4000;
    private static final int REQUEST_TRIES = 4;

    /** PXE 2.1: the boot server type of the machine's own disk. */
    private static final int LOCAL_BOOT = 0;

    public static BootClient off(Firmware firmware, Bare machine, ServicePorts ports) {
        return new BootClient(firmware, machine, ports, Person.NOBODY, new Phase.Off());
    }

    /** The same machine with somebody in front of it. */
    public BootClient before(Person who) {
        return new BootClient(firmware, machine, ports, who, phase);
    }

    @Override
    public boolean isOver() {
        return phase instanceof Ended;
    }

    @Override
    public long dueAt() {
        return switch (phase) {
            case Phase.Off p -> Long.MAX_VALUE;
            case Discovering p -> p.until();
            case Requesting p -> p.until();
            case Phase.Prompting p -> p.until();
            case AskingBootServer p -> p.until();
            case Fetching p -> p.errands().dueAt();
            case Ended p -> Long.MAX_VALUE;
        };
    }

    @Override
    public Step on(ZooEvent event, long now) {
        return switch (event) {
            case ZooEvent.Started started -> discover(0, now, now, List.of());
            case ZooEvent.Tick tick -> now < dueAt() ? Step.of(this) : tick(now);
            case ZooEvent.Received(Datagram datagram) -> received(datagram, now);
        };
    }

    private Step tick(long now) {
        return switch (phase) {
            case Phase.Off p -> Step.of(this);
            case Ended p -> Step.of(this);
            case Discovering p -> discoveryOver(p, now);
            case Requesting p when p.tries() >= REQUEST_TRIES -> end(Outcome.E51_NO_DHCP, "no ACK to the REQUEST");
            case Requesting p -> request(p.choice(), p.tries() + 1, now);
            case AskingBootServer p
            when p.tries() >= firmware.bootServerMillis().size() -> ask(p.choice(), p.address(), p.server() + 1, now);
            case AskingBootServer p -> question(p.choice(), p.address(), p.server(), p.item(), p.tries() + 1, now);
            case Phase.Prompting p -> answered(p, now);
            case Fetching p -> fetch(p, new ZooEvent.Tick(), now);
        };
    }

    private Step received(Datagram datagram, long now) {
        if (phase instanceof Fetching p) {
            return fetch(p, new ZooEvent.Received(datagram), now);
        }
        return DhcpMessage.read(datagram.payload())
                .map(message -> dhcp(new Offer(datagram, message), now))
                .orElse(Step.of(this));
    }

    private Step dhcp(Offer reply, long now) {
        return switch (phase) {
            case Discovering p when reply.message().type() == OFFER -> offered(p, reply, now);
            case Requesting p
            when reply.message().type() == ACK && !reply.isProxy() && isMine(reply, machine.seed()) ->
                ask(p.choice(), reply.message().yiaddr(), 0, now);
            case AskingBootServer p when reply.message().type() == ACK -> acknowledged(p, reply, now);
            default -> Step.of(this);
        };
    }

    /** EDK2 drops what has another transaction or hardware address, and what does not fit its buffer. */
    private boolean isMine(Offer reply, int xid) {
        return reply.message().op() == 2
                && reply.message().xid() == xid
                && reply.message().length() <= BIGGEST
                && Arrays.equals(reply.message().chaddr(), Arrays.copyOf(machine.chaddr(), 16));
    }

    private Step discover(int attempt, long startedAt, long now, List<Offer> offers) {
        byte[] request = firmware.wording().discover(firmware, machine).bytes();
        long until = now + firmware.discoverMillis().get(attempt);
        return Step.of(
                at(new Discovering(attempt, request, startedAt, until, offers)),
                new ZooEffect.Send(ports.client(), new Endpoint(Endpoint.BROADCAST, ports.dhcp()), request));
    }

    private Step offered(Discovering p, Offer offer, long now) {
        long sentAt = p.until() - firmware.discoverMillis().get(p.attempt());
        List<ZooEffect> saw = offer.isProxy() && offer.message().xid() == machine.seed()
                ? List.of(new ZooEffect.SawReply(Question.DISCOVER, p.request(), offer.datagram(), now - sentAt))
                : List.of();
        if (!isMine(offer, machine.seed())) {
            return new Step(this, saw);
        }
        List<Offer> offers = new ArrayList<>(p.offers());
        offers.add(offer);
        Discovering next = new Discovering(p.attempt(), p.request(), p.startedAt(), p.until(), List.copyOf(offers));
        Step step = firmware.rule()
                .choose(offers, false)
                .map(choice -> at(next).request(choice, 1, now))
                .orElse(Step.of(at(next)));
        List<ZooEffect> effects = new ArrayList<>(saw);
        effects.addAll(step.effects());
        return new Step(step.next(), effects);
    }

    private Step discoveryOver(Discovering p, long now) {
        boolean patienceOver = now - p.startedAt() >= firmware.patienceMillis();
        Optional<Choice> choice = firmware.rule().choose(p.offers(), patienceOver);
        boolean last = p.attempt() + 1 == firmware.discoverMillis().size();
        if (choice.isPresent()) {
            return request(choice.get(), 1, now);
        }
        if (last) {
            return OfferRule.firstDhcp(p.offers()).isPresent()
                    ? end(Outcome.E53_NO_BOOT_FILE, "no PXE offer")
                    : end(Outcome.E51_NO_DHCP, "no offer with an address");
        }
        // iPXE keeps what it has got; for the others a new DISCOVER is a new collection.
        return discover(p.attempt() + 1, p.startedAt(), now, firmware.ipxe() ? p.offers() : List.of());
    }

    private Step request(Choice choice, int tries, long now) {
        DhcpMessage dhcp = choice.dhcp().message();
        byte[] request = firmware.wording()
                .request(firmware, machine, dhcp.yiaddr(), dhcp.serverId())
                .bytes();
        return Step.of(
                at(new Requesting(choice, tries, now + REQUEST_MILLIS)),
                new ZooEffect.Send(ports.client(), new Endpoint(Endpoint.BROADCAST, ports.dhcp()), request));
    }

    /** Goes on with a candidate: fetches its file, asks a person, or asks its port 4011 for a file. */
    private Step ask(Choice choice, int address, int server, long now) {
        if (server >= choice.servers().size()) {
            return server == 0
                    ? end(Outcome.E53_NO_BOOT_FILE, "an address, and no PXE offer")
                    : end(Outcome.E55_NO_BOOT_SERVER, "silence at port " + ports.bootServer());
        }
        Choice.Candidate candidate = choice.servers().get(server);
        if (!candidate.asks()) {
            return boot(candidate.offer().message().bootFile(), candidate.server(), now);
        }
        if (candidate.offer().promptSeconds() > 0 && candidate.offer().menuType() >= 0) {
            long until = person.answersAt(candidate.offer().promptSeconds(), now);
            return Step.of(at(new Phase.Prompting(choice, address, server, until)));
        }
        return question(choice, address, server, candidate.offer().menuType(), 1, now);
    }

    private Step answered(Phase.Prompting p, long now) {
        Offer offer = p.choice().servers().get(p.server()).offer();
        if (person == Person.ESCAPES) {
            return !firmware.bootsAfterEscape()
                    ? end(Outcome.NEXT_DEVICE, "left the menu")
                    : offer.hasFile()
                            ? boot(offer.message().bootFile(), offer.edk2Server(), now)
                            : end(Outcome.FIRMWARE_FAULT, "looks for a boot file where there is none");
        }
        List<Integer> items = offer.menuTypes();
        int item = items.get(person == Person.NOBODY ? 0 : Math.min(1, items.size() - 1));
        return item == LOCAL_BOOT
                ? end(Outcome.NEXT_DEVICE, "the menu's entry for the machine's disk")
                : question(p.choice(), p.address(), p.server(), item, 1, now);
    }

    private Step question(Choice choice, int address, int server, int item, int tries, long now) {
        Choice.Candidate candidate = choice.servers().get(server);
        int xid = machine.seed() + 0x80 + server;
        byte[] chosen = item < 0 ? new byte[0] : new byte[] {71, 4, (byte) (item >> 8), (byte) item, 0, 0, (byte) 255};
        byte[] request = firmware.wording()
                .question(firmware, machine, xid, address, candidate.server(), chosen)
                .bytes();
        long until = now + firmware.bootServerMillis().get(tries - 1);
        int own = firmware.bootServerPort() == ServicePorts.BOOT_SERVER ? ports.bootServer() : ports.client();
        return Step.of(
                at(new AskingBootServer(choice, address, server, item, tries, request, until)),
                new ZooEffect.Send(own, new Endpoint(candidate.server(), ports.bootServer()), request));
    }

    private Step acknowledged(AskingBootServer p, Offer reply, long now) {
        if (reply.message().xid() != machine.seed() + 0x80 + p.server()) {
            return Step.of(this);
        }
        long sentAt = p.until() - firmware.bootServerMillis().get(p.tries() - 1);
        ZooEffect saw = new ZooEffect.SawReply(Question.BOOT_SERVER, p.request(), reply.datagram(), now - sentAt);
        Choice.Candidate asked = p.choice().servers().get(p.server());
        boolean stranger = firmware.strictSourcePort()
                && (reply.datagram().from().port() != ports.bootServer() || reply.ipxeServer() != asked.server());
        if (stranger || !isMine(reply, reply.message().xid())) {
            return Step.of(this, saw);
        }
        // An ACK without a file is EFI_DEVICE_ERROR: on to the next offer that was kept.
        Step step = reply.hasFile()
                ? boot(reply.message().bootFile(), reply.edk2Server(), now)
                : ask(p.choice(), p.address(), p.server() + 1, now);
        List<ZooEffect> effects = new ArrayList<>(List.of(saw));
        effects.addAll(step.effects());
        return new Step(step.next(), effects);
    }

    private Step boot(String file, int server, long now) {
        if (file.startsWith("http")) {
            return end(Outcome.HANDED_URI, file);
        }
        List<Errand> errands = firmware.errands(file);
        if (file.isEmpty() && errands.isEmpty()) {
            return end(Outcome.E53_NO_BOOT_FILE, "an offer without a file name");
        }
        Fetching fetching =
                new Fetching(file, Errands.of(errands, new Endpoint(server, ports.tftp()), machine.basePort()));
        return fetch(fetching, new ZooEvent.Started(), now);
    }

    private Step fetch(Fetching p, ZooEvent event, long now) {
        Step step = p.errands().on(event, now);
        Errands moved = (Errands) step.next();
        Phase next = new Fetching(p.program(), moved);
        if (moved.isOver()) {
            next = moved.failure()
                    .<Phase>map(why -> new Ended(Outcome.TFTP_FAILED, why, moved.transfers()))
                    .orElse(new Ended(Outcome.BOOTED, p.program(), moved.transfers()));
        }
        return new Step(at(next), step.effects());
    }

    private Step end(Outcome how, String detail) {
        return Step.of(at(new Ended(how, detail, List.of())));
    }

    private BootClient at(Phase next) {
        return new BootClient(firmware, machine, ports, person, next);
    }
}
