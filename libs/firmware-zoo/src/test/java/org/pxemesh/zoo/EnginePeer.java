package org.pxemesh.zoo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.dhcp.PxeSieve;
import org.pxemesh.netboot.learn.Advice;
import org.pxemesh.netboot.learn.Fingerprint;
import org.pxemesh.netboot.learn.FormMemory;
import org.pxemesh.netboot.learn.FormPlan;
import org.pxemesh.netboot.learn.Learned;
import org.pxemesh.netboot.learn.TrialBook;
import org.pxemesh.netboot.loader.BootQuestion;
import org.pxemesh.netboot.pxe.AttemptCounter;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientInspector;
import org.pxemesh.netboot.pxe.ClientStage;
import org.pxemesh.netboot.pxe.Inspection;
import org.pxemesh.netboot.pxe.OfferEffect;
import org.pxemesh.netboot.pxe.OfferEvent;
import org.pxemesh.netboot.pxe.OfferRace;
import org.pxemesh.netboot.pxe.OfferState;
import org.pxemesh.netboot.pxe.Offered;
import org.pxemesh.netboot.pxe.PromptForm;
import org.pxemesh.netboot.pxe.ReplyContent;
import org.pxemesh.netboot.pxe.ReplyDestination;
import org.pxemesh.netboot.pxe.ReplyForm;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.netboot.tftp.Agreement;
import org.pxemesh.netboot.tftp.ErrorCode;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpEffect;
import org.pxemesh.netboot.tftp.TftpEvent;
import org.pxemesh.netboot.tftp.TftpNames;
import org.pxemesh.netboot.tftp.TftpPacket;
import org.pxemesh.netboot.tftp.TftpSession;
import org.pxemesh.netboot.tftp.TransferLimits;
import org.pxemesh.zoo.sim.Host;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.Endpoint;

/** A peer of the mesh with the library's decisions and nothing else: what the agent does with sockets, on the wire. */
final class EnginePeer implements Host {

    static final int OFFERED_PORT = 7465;
    static final long EPOCH = 1_800_000_000L;
    static final int TRANSFER_PORT = 7468;

    private static final PxeSieve SIEVE = new PxeSieve(ClientInspector.STANDARD_VENDOR_IDS);
    private static final ClientInspector INSPECTOR = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    private static final class Race {
        private OfferState state = new OfferState.Unseen();
        private @Nullable DhcpPacket discover;
        private @Nullable ClientFacts facts;
        private int timerAttempt;
        private long timerAt = Long.MAX_VALUE;
    }

    private record Transfer(String name, byte[] content, TftpSession session) {}

    private final int address;
    private final int rank;
    private final int holders;
    private final Map<String, byte[]> files;
    private final UnaryOperator<String> program;
    private final int server;
    private final AttemptCounter attempts = new AttemptCounter(64);
    private final Map<ClientStage, Race> races = new HashMap<>();
    private final Map<Endpoint, Transfer> transfers = new HashMap<>();
    private final TrialBook book = new TrialBook(64);
    private final Map<Integer, HardwareAddress> clients = new HashMap<>();
    private final List<String> sent = new ArrayList<>();
    private FormMemory memory = new FormMemory();
    private Optional<Advice> advice = Optional.empty();
    private Optional<ReplyForm> beside = Optional.empty();
    private Optional<BootQuestion> question = Optional.empty();
    private boolean dead;
    private boolean deaf;

    /**
     * @param files by name in lower case
     * @param program the boot program by the firmware's kind
     */
    EnginePeer(int address, int rank, int holders, Map<String, byte[]> files, UnaryOperator<String> program) {
        this.address = address;
        this.rank = rank;
        this.holders = holders;
        this.files = files;
        this.program = program;
        this.server = address;
    }

    /** A peer that holds nothing and points at the one that holds it. */
    EnginePeer(int address, int rank, int holders, EnginePeer holder) {
        this.address = address;
        this.rank = rank;
        this.holders = holders;
        this.files = Map.of();
        this.program = holder.program;
        this.server = holder.address;
    }

    /** The segment's broadcasts no longer come here; what is sent to this peer does. */
    void deafen() {
        deaf = true;
    }

    /** Shares what is learned, as the mesh does. */
    EnginePeer remembering(FormMemory shared) {
        memory = shared;
        return this;
    }

    /** HQ says something of every firmware. */
    EnginePeer advised(Advice said) {
        advice = Optional.of(said);
        return this;
    }

    /** What the watch of the segment found. */
    EnginePeer beside(ReplyForm form) {
        beside = Optional.of(form);
        return this;
    }

    /** Its deployment asks a person first, by whatever the machine has for that. */
    EnginePeer asking(BootQuestion asked) {
        question = Optional.of(asked);
        return this;
    }

    /** Names of the forms that this peer sent, in their order. */
    List<String> sentForms() {
        return List.copyOf(sent);
    }

    private void discovered(DhcpPacket packet, ClientFacts facts, long now) {
        List<ReplyForm> usual = forms(facts);
        if (usual.size() > 1) {
            Fingerprint fingerprint = Fingerprint.of(packet);
            FormPlan plan = FormPlan.of(usual, memory.of(fingerprint.id()), advice, beside, EPOCH + now / 1000);
            book.discovered(facts.mac(), fingerprint, plan, now);
        }
    }

    private List<ReplyForm> forms(ClientFacts facts) {
        return ReplyForms.asking(facts)
                .filter(form -> question.isPresent())
                .map(List::of)
                .orElseGet(() -> ReplyForms.inOrder(facts));
    }

    private void took(HardwareAddress client, long now) {
        book.took(client, now)
                .ifPresent(o -> memory.take(
                        new Learned(o.fingerprint().id(), o.form(), EPOCH + now / 1000), EPOCH + now / 1000));
    }

    /** Power cut. */
    void die() {
        dead = true;
    }

    /** Power, with its memory kept: a hang, or a neighbour that took over. */
    void live() {
        dead = false;
    }

    @Override
    public int address() {
        return address;
    }

    @Override
    public List<Datagram> hear(Datagram datagram, long now) {
        if (dead || deaf && datagram.to().address() == Endpoint.BROADCAST) {
            return List.of();
        }
        ByteBuffer bytes = ByteBuffer.wrap(datagram.payload());
        return switch (datagram.to().port()) {
            case 67, 4011 -> dhcp(datagram, bytes, now);
            case OFFERED_PORT -> overheard(bytes, now);
            case 69 -> request(datagram.from(), bytes, now);
            case TRANSFER_PORT -> transfer(datagram.from(), bytes, now);
            default -> List.of();
        };
    }

    private List<Datagram> dhcp(Datagram datagram, ByteBuffer bytes, long now) {
        if (!SIEVE.looksLikePxe(bytes)
                || !(DhcpCodec.decode(bytes) instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet))) {
            return List.of();
        }
        if (packet.op() == 1
                && packet.messageType().equals(MessageType.REQUEST)
                && datagram.to().port() == 67) {
            book.requested(packet.hardwareAddress(), now);
            packet.options()
                    .address(OptionCode.REQUESTED_ADDRESS)
                    .ifPresent(address -> clients.put(address.bits(), packet.hardwareAddress()));
        }
        if (!(INSPECTOR.inspect(packet, datagram.to().port()) instanceof Inspection.Client(ClientFacts facts))) {
            return List.of();
        }
        ReplyContent content =
                ReplyContent.of(new Ipv4Address(server), program.apply(facts.firmware() + "/" + facts.ipxe()));
        if (!facts.isDiscover()) {
            ReplyDestination to = ReplyDestination.of(
                    facts,
                    new Ipv4Address(datagram.from().address()),
                    datagram.from().port());
            took(facts.mac(), now);
            if (question.isPresent() && !PromptForm.isYes(facts)) {
                return List.of();
            }
            ReplyForm form = ReplyForms.inOrder(facts).getFirst();
            return List.of(reply(datagram.to().port(), to, form.acknowledge(packet, facts, content)));
        }
        Race race = races.computeIfAbsent(facts.stage(), stage -> new Race());
        race.discover = packet;
        race.facts = facts;
        int attempt = attempts.discovered(facts.stage(), facts.xid(), now);
        discovered(packet, facts, now);
        return advance(race, new OfferEvent.Discovered(facts.xid(), attempt, rank, holders), now);
    }

    private Datagram reply(int port, ReplyDestination to, DhcpPacket packet) {
        return new Datagram(
                new Endpoint(address, port), new Endpoint(to.address().bits(), to.port()), DhcpCodec.encode(packet));
    }

    private List<Datagram> overheard(ByteBuffer bytes, long now) {
        if (!(Offered.decode(bytes) instanceof Decoded.Ok<Offered>(Offered offered))) {
            return List.of();
        }
        attempts.overheard(offered, now);
        ReplyForms.coded(offered.form())
                .filter(form -> !offered.client().ipxe())
                .ifPresent(form -> book.offered(offered.client().mac(), form, now));
        Race race = races.computeIfAbsent(offered.client(), stage -> new Race());
        return advance(
                race, new OfferEvent.HeardOffered(offered.xid(), offered.attempt(), offered.rank(), holders), now);
    }

    private List<Datagram> advance(Race race, OfferEvent event, long now) {
        OfferRace.Step step = OfferRace.apply(race.state, event);
        race.state = step.state();
        List<Datagram> out = new ArrayList<>();
        for (OfferEffect effect : step.effects()) {
            switch (effect) {
                case OfferEffect.CancelTimer cancel -> race.timerAt = Long.MAX_VALUE;
                case OfferEffect.StartTimer start -> {
                    race.timerAt = now + start.delayMillis();
                    race.timerAttempt = start.attempt();
                }
                case OfferEffect.SendOffer send -> out.addAll(offer(race, send.attempt(), now));
            }
        }
        return out;
    }

    private List<Datagram> offer(Race race, int attempt, long now) {
        ClientFacts facts = race.facts;
        DhcpPacket discover = race.discover;
        if (facts == null || discover == null) {
            return List.of();
        }
        Ipv4Address self = new Ipv4Address(address);
        ReplyContent content = new ReplyContent(
                new Ipv4Address(server),
                program.apply(facts.firmware() + "/" + facts.ipxe()),
                Optional.empty(),
                question);
        List<ReplyForm> usual = forms(facts);
        ReplyForm form = book.due(facts.mac()).filter(usual::contains).orElse(usual.getFirst());
        DhcpPacket offer = form.offer(discover, facts, content);
        Offered told = new Offered(facts.xid(), facts.stage(), attempt, rank, self, new UUID(0, 0), form.code());
        if (form != ReplyForms.PROMPT && !facts.ipxe()) {
            book.offered(facts.mac(), form, now);
        }
        sent.add(form.name());
        return List.of(
                reply(67, ReplyDestination.of(facts, Ipv4Address.NONE, 68), offer),
                new Datagram(
                        new Endpoint(address, OFFERED_PORT),
                        new Endpoint(Endpoint.BROADCAST, OFFERED_PORT),
                        told.encode()));
    }

    private List<Datagram> request(Endpoint client, ByteBuffer bytes, long now) {
        if (!(TftpCodec.decode(bytes) instanceof Decoded.Ok<TftpPacket>(TftpPacket.ReadRequest request))) {
            return List.of(tftp(client, TftpCodec.encodeError(ErrorCode.ILLEGAL_OPERATION, "no request")));
        }
        Optional.ofNullable(clients.get(client.address())).ifPresent(mac -> took(mac, now));
        Transfer running = transfers.get(client);
        if (running != null
                && running.name.equals(request.fileName())
                && running.session.phase() != TftpSession.Phase.DONE) {
            return move(client, running, running.session.on(new TftpEvent.RequestRepeated(), now));
        }
        if (!request.mode().equals("octet")) {
            return List.of(tftp(client, TftpCodec.encodeError(ErrorCode.ILLEGAL_OPERATION, "octet only")));
        }
        byte[] content = TftpNames.normalise(request.fileName())
                .map(name -> files.get(name.toLowerCase(Locale.ROOT)))
                .orElse(null);
        if (content == null) {
            return List.of(tftp(client, TftpCodec.encodeError(ErrorCode.NOT_FOUND, "no such file")));
        }
        Agreement agreement = Agreement.negotiate(request.options(), content.length, TransferLimits.ethernet());
        TftpSession.Step step = TftpSession.begin(agreement, content.length, now);
        return move(client, new Transfer(request.fileName(), content, step.session()), step);
    }

    private List<Datagram> transfer(Endpoint client, ByteBuffer bytes, long now) {
        Transfer transfer = transfers.get(client);
        int block = bytes.remaining() < 4 ? -1 : TftpCodec.ackBlock(bytes.getInt(bytes.position()));
        if (transfer == null) {
            return block < 0
                    ? List.of()
                    : List.of(tftp(client, TftpCodec.encodeError(ErrorCode.UNKNOWN_TRANSFER, "no such transfer")));
        }
        if (block >= 0) {
            return move(client, transfer, transfer.session.on(new TftpEvent.Acked(block), now));
        }
        return TftpCodec.decode(bytes) instanceof Decoded.Ok<TftpPacket>(TftpPacket.ErrorPacket(var code, var text))
                ? move(client, transfer, transfer.session.on(new TftpEvent.ErrorReceived(code, text), now))
                : List.of();
    }

    private List<Datagram> move(Endpoint client, Transfer transfer, TftpSession.Step step) {
        transfers.put(client, new Transfer(transfer.name, transfer.content, step.session()));
        return switch (step.effect()) {
            case TftpEffect.SendOptionAck ack ->
                List.of(tftp(
                        client,
                        TftpCodec.encodeOptionAck(step.session().agreement().acknowledged())));
            case TftpEffect.SendBlocks(long first, int count) -> {
                List<Datagram> out = new ArrayList<>();
                for (long block = first; block < first + count; block++) {
                    out.add(tftp(client, data(step.session(), transfer.content, block)));
                }
                yield out;
            }
            case TftpEffect.Nothing e -> List.of();
            case TftpEffect.Finished e -> List.of();
            case TftpEffect.Aborted e -> List.of();
            case TftpEffect.Failed e -> List.of();
        };
    }

    private static byte[] data(TftpSession session, byte[] content, long block) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(TftpCodec.DATA_HEADER);
        TftpCodec.putDataHeader(header, block);
        out.writeBytes(header.array());
        out.write(content, (int) session.offset(block), session.length(block));
        return out.toByteArray();
    }

    private Datagram tftp(Endpoint client, byte[] payload) {
        return new Datagram(new Endpoint(address, TRANSFER_PORT), client, payload);
    }

    /** Transfers that have not ended. */
    long running() {
        return transfers.values().stream()
                .filter(t -> t.session.phase() != TftpSession.Phase.DONE)
                .count();
    }

    @Override
    public long dueAt() {
        long races =
                this.races.values().stream().mapToLong(r -> r.timerAt).min().orElse(Long.MAX_VALUE);
        long sessions = transfers.values().stream()
                .filter(t -> t.session.phase() != TftpSession.Phase.DONE)
                .mapToLong(t -> t.session.dueAt())
                .min()
                .orElse(Long.MAX_VALUE);
        return dead ? Long.MAX_VALUE : Math.min(races, sessions);
    }

    @Override
    public List<Datagram> tick(long now) {
        List<Datagram> out = new ArrayList<>();
        for (Race race : races.values()) {
            ClientFacts facts = race.facts;
            if (race.timerAt <= now && facts != null) {
                race.timerAt = Long.MAX_VALUE;
                out.addAll(advance(race, new OfferEvent.TimerFired(facts.xid(), race.timerAttempt), now));
            }
        }
        for (Map.Entry<Endpoint, Transfer> entry : List.copyOf(transfers.entrySet())) {
            Transfer transfer = entry.getValue();
            if (transfer.session.phase() != TftpSession.Phase.DONE && transfer.session.dueAt() <= now) {
                out.addAll(move(entry.getKey(), transfer, transfer.session.on(new TftpEvent.Tick(), now)));
            }
        }
        return out;
    }
}
