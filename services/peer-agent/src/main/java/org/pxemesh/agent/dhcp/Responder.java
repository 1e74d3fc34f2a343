package org.pxemesh.agent.dhcp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.BootMetrics;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.Monotonic;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.pxe.AttemptCounter;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientStage;
import org.pxemesh.netboot.pxe.OfferEffect;
import org.pxemesh.netboot.pxe.OfferEvent;
import org.pxemesh.netboot.pxe.OfferRace;
import org.pxemesh.netboot.pxe.OfferState;
import org.pxemesh.netboot.pxe.Offered;
import org.pxemesh.netboot.pxe.PromptForm;
import org.pxemesh.netboot.pxe.ReplyContent;
import org.pxemesh.netboot.pxe.ReplyForm;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.netboot.pxe.WindowsPeStarted;
import org.pxemesh.netboot.watch.Probe;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.Decision;
import org.pxemesh.policy.Ignored;
import org.pxemesh.policy.Reason;

/**
 * Answers the boot clients of one segment when it is this peer's turn. The turns are decided by {@link OfferRace}; here
 * are its timers, its datagrams and its memory of clients. Boot thread only.
 */
public final class Responder {

    private static final Logger LOG = Logger.getLogger(Responder.class);
    private static final int CLIENTS = 4096;

    /** EDK2 collects offers for 4 s after its DISCOVER; what comes at the very end helps nobody. */
    private static final long COLLECTING_MILLIS = 3_700;

    private static final long WATCH_MILLIS = 200;
    private static final Duration MAX_DELAY = Duration.ofSeconds(1);

    /** The last one whose turn comes within iPXE's patience has answered by then. */
    private static final long OTHERS_MILLIS = 2_000;

    /** iPXE waits 2 s for a proxy; a peer where content is arriving that suffices is to answer before. */
    private static final long INVITE_MILLIS = 700;

    /** One client's race, and what its answer needs. */
    private static final class Race {
        private OfferState state = new OfferState.Unseen();
        private int holders;
        private int rank = -1;
        private @Nullable Question question;
        private @Nullable BootPlan plan;
        private @Nullable ScheduledFuture<?> timer;
        private @Nullable UUID answerer;
        private long watchedUntil;
        private @Nullable ScheduledFuture<?> watch;
    }

    private final BootDesk desk;
    private final Ipv4Address self;
    private final ScheduledExecutorService loop;
    private final BootMetrics metrics;
    private final OfferedPort offeredPort;
    private final StandIn standIn;
    private final AttemptCounter attempts = new AttemptCounter(CLIENTS);
    private final Map<ClientStage, Race> races = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientStage, Race> eldest) {
            boolean over = size() > CLIENTS;
            if (over) { // or its timers would keep what a flood said for seconds
                cancel(eldest.getValue());
                endWatch(eldest.getValue());
            }
            return over;
        }
    };
    private final long delayMillis;
    private int unanswered;
    private long deafUntil;

    /** @param mesh the way to the other peers */
    public Responder(BootDesk desk, ScheduledExecutorService loop, BootMetrics metrics, Wire mesh) {
        this(desk, loop, metrics, mesh, (datagram, to, port) -> {}, Duration.ZERO);
    }

    /**
     * A responder.
     *
     * @param bootServer the way out of port 4011
     * @param delay that each offer waits, 0 to 1 s
     */
    public Responder(
            BootDesk desk,
            ScheduledExecutorService loop,
            BootMetrics metrics,
            Wire mesh,
            Wire bootServer,
            Duration delay) {
        if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
            throw new StartProblem(
                    "pxemesh.dhcp.delay is " + delay + "; set it to PT0S to PT1S: iPXE waits for 2 s only");
        }
        this.delayMillis = delay.toMillis();
        this.desk = desk;
        this.self = Ipv4Address.of(desk.segment().address());
        this.loop = loop;
        this.metrics = metrics;
        this.offeredPort = new OfferedPort(self, metrics, mesh, this::heard);
        this.standIn = new StandIn(desk, loop, bootServer);
    }

    /** Where the peers tell one another of their offers. */
    public OfferedPort offeredPort() {
        return offeredPort;
    }

    /** Forgets half-made offers, and hears nothing for a moment: what waits in the sockets is old. */
    public void drain(long forMillis) {
        deafUntil = Monotonic.millis() + forMillis;
        races.values().forEach(Responder::cancel);
        races.values().forEach(Responder::endWatch);
        races.clear();
    }

    /** A boot client's packet that asks somebody else. */
    void overheard(DhcpPacket packet) {
        if (packet.op() == DhcpPacket.BOOTREQUEST && packet.hasHardwareAddress()) {
            Ipv4Address address =
                    packet.options().address(OptionCode.REQUESTED_ADDRESS).orElse(packet.ciaddr());
            desk.sessions().learn(packet.hardwareAddress().toString(), address);
            if (packet.messageType().equals(MessageType.REQUEST)) {
                desk.forms().requested(packet.hardwareAddress(), Monotonic.millis());
                if (answeredIpxe(packet)) {
                    standIn.requested(packet);
                }
            }
        }
    }

    /** Whether it was this peer that answered an iPXE's DISCOVER of this transaction. */
    private boolean answeredIpxe(DhcpPacket packet) {
        Race race = races.get(new ClientStage(packet.hardwareAddress(), true));
        return race != null && race.state instanceof OfferState.Answered answered && answered.xid() == packet.xid();
    }

    /** A Windows PE is up and asks its DHCP server for an address. */
    void started(WindowsPeStarted started) {
        desk.checkIns().windowsPe(started, Monotonic.millis());
    }

    /** A boot client asks: a DISCOVER, or a request to this peer as boot server. */
    void asked(Question question) {
        long now = Monotonic.millis();
        if (now < deafUntil) {
            return;
        }
        if (question.facts().isDiscover()) {
            discovered(question, now);
        } else {
            requested(question, now);
        }
    }

    private void discovered(Question question, long now) {
        ClientFacts facts = question.facts();
        if (facts.isProbe()) {
            probed(question);
            return;
        }
        int attempt = attempts.discovered(facts.stage(), facts.xid(), now);
        Decision decision = desk.decide(facts);
        desk.forms().discovered(question, facts, decision instanceof BootPlan plan && plan.menu(), now);
        switch (decision) {
            case Ignored ignored -> {
                Optional<String> wait = desk.waiting().invite(facts, ignored);
                BootDesk.Turn turn = desk.reporterTurn(facts.mac());
                if (turn.isFirst(0)) {
                    report(facts, ignored, now);
                }
                wait.filter(script -> turn.isFirst(attempt)).ifPresent(script -> invite(question, script));
            }
            case BootPlan plan -> {
                BootDesk.Turn turn = desk.turn(facts.mac(), plan);
                Race race = races.computeIfAbsent(facts.stage(), stage -> new Race());
                if (!repeats(race.question, facts)) {
                    race.question = question;
                }
                race.plan = plan;
                race.rank = turn.rank();
                race.holders = turn.holders();
                advance(
                        race,
                        new OfferEvent.Discovered(facts.xid(), attempt, place(facts, turn, attempt), turn.holders()));
                watch(race, now);
            }
        }
    }

    /** A relay forwards what was heard here too: the client itself is answered. */
    private static boolean repeats(@Nullable Question heard, ClientFacts facts) {
        return heard != null
                && !facts.giaddr().isNone()
                && heard.facts().giaddr().isNone()
                && heard.facts().xid() == facts.xid();
    }

    /** A relay's client is heard only by the peers that the relay was told of: who waits for its turn waits for nobody. */
    private static int place(ClientFacts facts, BootDesk.Turn turn, int attempt) {
        return facts.giaddr().isNone() || turn.rank() < 0
                ? turn.rank()
                : turn.holders() == 0 ? 0 : attempt % turn.holders();
    }

    /** That content is missing here says nothing of the other peers: one of them may answer with what is arriving there. */
    private void report(ClientFacts facts, Ignored ignored, long now) {
        String mac = facts.mac().toString();
        boolean elsewhere = ignored.refusals().stream()
                .allMatch(r -> r.reason() == Reason.PACKAGE_ARRIVING || r.reason() == Reason.PACKAGE_NOT_HELD);
        if (elsewhere) {
            unlessAnswered(facts, OTHERS_MILLIS, () -> desk.ignored(mac, ignored.reasonNames(), Monotonic.millis()));
        } else {
            desk.ignored(mac, ignored.reasonNames(), now);
        }
    }

    /** No offer in the sense of the race: whoever answers the client's next question boots it. */
    private void invite(Question question, String script) {
        ClientFacts facts = question.facts();
        unlessAnswered(facts, INVITE_MILLIS, () -> {
            ReplyContent content = ReplyContent.of(self, script);
            question.offer(ReplyForms.IPXE, content);
            LOG.infof("asked to wait mac=%s script=%s", facts.mac(), script);
        });
    }

    /** Not more at a time than clients are remembered. */
    private void unlessAnswered(ClientFacts facts, long millis, Runnable then) {
        if (unanswered >= CLIENTS) {
            metrics.untold();
            return;
        }
        unanswered++;
        loop.schedule(
                () -> {
                    unanswered--;
                    Race race = races.get(facts.stage());
                    boolean answered = race != null
                            && race.state instanceof OfferState.Overheard overheard
                            && overheard.xid() == facts.xid();
                    if (!answered) {
                        then.run();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** Somebody looks at the segment: two peers answer, for one of them may be the host that looks. */
    private void probed(Question question) {
        ClientFacts facts = question.facts();
        BootDesk.Turn turn = desk.reporterTurn(facts.mac());
        if (turn.isFirst(0) || turn.isFirst(1)) {
            question.offer(ReplyForms.BINL, ReplyContent.of(self, Probe.USER_CLASS));
            offeredPort.tell(new Offered(
                    facts.xid(), facts.stage(), 0, turn.rank(), self, new UUID(0, 0), ReplyForms.BINL.code()));
        }
    }

    private void heard(Offered offered) {
        if (offered.client().mac().equals(Probe.ADDRESS)) {
            return;
        }
        long now = Monotonic.millis();
        ReplyForms.coded(offered.form())
                .ifPresent(form -> desk.forms()
                        .offered(offered.client().mac(), offered.client().ipxe(), form, now));
        attempts.overheard(offered, now);
        desk.sessions().heardOf(offered.client().mac().toString(), offered.bootId(), offered.xid(), now);
        offered.pointed().filter(to -> to.server().equals(self)).ifPresent(to -> desk.pointedHere(offered, to, now));
        Race race = races.computeIfAbsent(offered.client(), stage -> new Race());
        advance(race, new OfferEvent.HeardOffered(offered.xid(), offered.attempt(), offered.rank(), race.holders));
        watch(race, now);
    }

    /**
     * Looks after the peer that answered for as long as the client collects offers: when it leaves the segment, the next
     * one answers too.
     */
    private void watch(Race race, long now) {
        Question question = race.question;
        BootPlan plan = race.plan;
        if (question != null
                && plan != null
                && race.watch == null
                && race.state instanceof OfferState.Overheard overheard
                && overheard.xid() == question.facts().xid()) {
            race.answerer =
                    desk.peerAt(overheard.rank(), question.facts().mac(), plan).orElse(null);
            race.watchedUntil = now + COLLECTING_MILLIS;
            race.watch = loop.scheduleAtFixedRate(
                    () -> look(race, question, plan), WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look(Race race, Question question, BootPlan plan) {
        ClientFacts facts = question.facts();
        boolean same = race.state instanceof OfferState.Overheard overheard && overheard.xid() == facts.xid();
        if (!same || race.answerer == null || Monotonic.millis() > race.watchedUntil) {
            endWatch(race);
            return;
        }
        BootDesk.Turn turn = desk.turn(facts.mac(), plan);
        if (turn.rank() >= 0 && !desk.isMember(race.answerer)) {
            endWatch(race);
            desk.forms().answererLeft(facts.mac());
            race.rank = turn.rank();
            race.holders = turn.holders();
            LOG.infof("answers for a peer that left mac=%s answerer=%s rank=%d", facts.mac(), race.answerer, race.rank);
            advance(race, new OfferEvent.AnswererLeft(facts.xid(), turn.rank(), turn.holders()));
        }
    }

    private static void endWatch(Race race) {
        if (race.watch != null) {
            race.watch.cancel(false);
            race.watch = null;
        }
    }

    private void advance(Race race, OfferEvent event) {
        OfferRace.Step step = OfferRace.apply(race.state, event);
        race.state = step.state();
        for (OfferEffect effect : step.effects()) {
            switch (effect) {
                case OfferEffect.SendOffer send -> offerInTime(race, send.attempt());
                case OfferEffect.StartTimer start -> startTimer(race, start);
                case OfferEffect.CancelTimer cancel -> cancel(race);
            }
        }
    }

    /** With a delay of more than 60 ms the next in turn may offer too; whoever sets one accepts that. */
    private void offerInTime(Race race, int attempt) {
        if (delayMillis == 0) {
            offer(race, attempt);
        } else {
            loop.schedule(() -> offer(race, attempt), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void startTimer(Race race, OfferEffect.StartTimer start) {
        OfferEvent fired = new OfferEvent.TimerFired(start.xid(), start.attempt());
        race.timer = loop.schedule(() -> advance(race, fired), start.delayMillis(), TimeUnit.MILLISECONDS);
    }

    private static void cancel(Race race) {
        if (race.timer != null) {
            race.timer.cancel(false);
            race.timer = null;
        }
    }

    private void offer(Race race, int attempt) {
        Question question = race.question;
        BootPlan plan = race.plan;
        if (question == null || plan == null) {
            return;
        }
        ClientFacts facts = question.facts();
        BootSession session =
                desk.sessions().discovered(facts.mac().toString(), facts.xid(), plan, facts.ipxe(), Monotonic.millis());
        Ipv4Address server = desk.server(facts.mac(), plan, attempt);
        ReplyContent content = desk.reply(session, facts, server);
        ReplyForm form = desk.forms().form(facts, plan.menu());
        question.offer(form, content);
        metrics.offered(form.name(), System.nanoTime() - question.arrivedNanos());
        offeredPort.tell(new Offered(
                facts.xid(),
                facts.stage(),
                attempt,
                race.rank,
                self,
                session.bootId(),
                form.code(),
                pointed(facts, server)));
        desk.forms().offered(facts.mac(), facts.ipxe(), form, Monotonic.millis());
        // Whoever asks again is heard again: what this one said need not be kept.
        race.question = null;
        race.plan = null;
        desk.reporter().offered(session, facts, attempt, race.rank, form.name(), content.bootFile(), server.toString());
    }

    private Optional<Offered.Pointed> pointed(ClientFacts facts, Ipv4Address server) {
        return server.equals(self)
                ? Optional.empty()
                : Optional.of(new Offered.Pointed(server, facts.architecture().code(), facts.guid()));
    }

    /**
     * The second question of BINL comes to the peer that the offer named; a peer that lost its memory, or that another
     * one pointed at, decides again.
     */
    private void requested(Question question, long now) {
        ClientFacts facts = question.facts();
        String mac = facts.mac().toString();
        desk.sessions().learn(mac, facts.ciaddr());
        desk.forms().took(facts.mac(), now);
        if (desk.decide(facts) instanceof BootPlan plan
                && desk.turn(facts.mac(), plan).rank() >= 0) {
            if (plan.menu() && !facts.ipxe() && !PromptForm.isYes(facts)) {
                LOG.infof("not acknowledged, for nobody has said yes mac=%s package=%s", mac, plan.packageRef());
                return;
            }
            BootSession session = desk.sessions()
                    .byMac(mac)
                    .filter(known -> known.plan().equals(plan))
                    .orElseGet(() -> desk.sessions().discovered(mac, facts.xid(), plan, true, now));
            ReplyContent content = desk.reply(session, facts, desk.server(facts.mac(), plan, 0));
            ReplyForm form = ReplyForms.inOrder(facts).getFirst();
            question.acknowledge(form, content);
            metrics.acknowledged();
            LOG.debugf("acknowledged mac=%s boot=%s nbp=%s", mac, session.bootId(), content.bootFile());
        }
    }
}
