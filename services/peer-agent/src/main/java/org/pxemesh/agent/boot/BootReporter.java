package org.pxemesh.agent.boot;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.pxemesh.agent.Segment;
import org.pxemesh.events.BootCompleted;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.BootFailed;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.BootRequested;
import org.pxemesh.events.CheckIn;
import org.pxemesh.events.Event;
import org.pxemesh.events.FileServed;
import org.pxemesh.events.FirmwareFingerprint;
import org.pxemesh.events.FirmwareObserved;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.learn.TrialBook;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientGuid;
import org.pxemesh.netboot.pxe.ReplyForm;

/** Tells HQ and the log what happens to the boots of one segment. */
public final class BootReporter {

    private static final Logger LOG = Logger.getLogger(BootReporter.class);

    private final Segment segment;
    private final Bookkeeping books;
    private final HybridClock clock;
    private final BootSessions sessions;
    private final LogPace offers = new LogPace();

    public BootReporter(Segment segment, Bookkeeping books, HybridClock clock, BootSessions sessions) {
        this.segment = segment;
        this.books = books;
        this.clock = clock;
        this.sessions = sessions;
    }

    /**
     * This peer answered: tells the question and the answer.
     *
     * @param server the address that will serve, this peer's or that of the holder it points at
     */
    public void offered(
            BootSession session, ClientFacts facts, int attempt, int rank, String form, String nbp, String server) {
        books.enterIfRoom(
                new OfferNote(this, ref(session), ref(session), session, facts, attempt, rank, form, nbp, server));
    }

    /** An offer as it waits to be written down; a class, since a lambda of so many parts is slow to make. */
    private record OfferNote(
            BootReporter by,
            BootRef asked,
            BootRef answered,
            BootSession session,
            ClientFacts facts,
            int attempt,
            int rank,
            String form,
            String nbp,
            String server)
            implements Supplier<List<Event>> {

        @Override
        public List<Event> get() {
            if (by.isLogged(session.mac())) {
                LOG.infof(
                        "offered mac=%s boot=%s attempt=%d rank=%d form=%s nbp=%s server=%s interface=%s left-out=%d",
                        session.mac(),
                        session.bootId(),
                        attempt,
                        rank,
                        form,
                        nbp,
                        server,
                        by.segment.interfaceName(),
                        by.takeSilent());
            }
            return List.of(
                    new BootRequested(
                            asked,
                            facts.architecture().code(),
                            facts.vendorClass(),
                            facts.guid().map(ClientGuid::toString).orElse(null),
                            session.plan().computerId(),
                            attempt),
                    new BootOffered(
                            answered, attempt, rank, form, session.plan().packageRef(), nbp, server));
        }
    }

    private synchronized boolean isLogged(String mac) {
        return offers.isDue(mac, Monotonic.millis());
    }

    private synchronized long takeSilent() {
        return offers.takeSilent();
    }

    /** What was to arrive in time did not, and the client's transfer was ended. */
    public void starved(BootSession session, String path, long sent, String words) {
        LOG.warnf(
                "starved mac=%s boot=%s path=%s sent=%d reason=\"%s\"",
                session.mac(), session.bootId(), path, sent, words);
        if (session.discovered()) {
            enter(new BootFailed(ref(session), "content-starved", path + " after " + sent + " bytes: " + words));
        }
    }

    /** A client fetched its boot manager whole, asked for nothing more and begins anew: another signing is tried (Q111). */
    void refused(BootSession session) {
        LOG.warnf(
                "boot-manager-refused mac=%s boot=%s path=%s signed-by=%s next=another-signing-of-the-package-if-it-has-one",
                session.mac(), session.bootId(), session.plan().nbp(), session.refusedSigning());
    }

    /** A firmware took a form. */
    void tookForm(FirmwareFingerprint firmware, TrialBook.Observation observation) {
        enter(new FirmwareObserved(
                segment.siteId(),
                segment.segmentId(),
                segment.peerId(),
                firmware,
                observation.form().name(),
                observation.passed().stream().map(ReplyForm::name).toList(),
                segment.watch().hasForeignPxe()));
    }

    /** A client got no answer. */
    public void ignored(IgnoredTally.Told told) {
        BootRef ref = ref(UUID.randomUUID(), told.what().mac());
        books.enterIfRoom(() -> {
            if (isLogged(told.what().mac())) {
                LOG.infof(
                        "ignored mac=%s reasons=%s count=%d left-out=%d",
                        told.what().mac(), told.what().reasons(), told.count(), takeSilent());
            }
            return List.of(new BootIgnored(ref, told.what().reasons(), told.count()));
        });
    }

    /**
     * A file reached the client; with the last file of its plan the boot is delivered.
     *
     * @param served block size and window are 0 for HTTP
     */
    public void served(BootSession session, Served served, long now) {
        if (served.path().equals(CheckIns.FILE)) {
            String from =
                    sessions.addressOf(session.mac()).map(Ipv4Address::toString).orElse("");
            checkedIn(session, new CheckIn(from, served.path(), served.protocol()), now);
            return;
        }
        LOG.infof(
                "served mac=%s protocol=%s path=%s bytes=%d seconds=%.2f blksize=%d windowsize=%d retransmits=%d acknowledged=%b",
                session.mac(),
                served.protocol(),
                served.path(),
                served.bytes(),
                served.seconds(),
                served.blockSize(),
                served.windowSize(),
                served.retransmits(),
                served.acknowledged());
        boolean delivered = sessions.served(session, served.path(), served.bytes(), served.acknowledged(), now);
        if (!session.discovered()) {
            return;
        }
        enter(new FileServed(
                ref(session),
                served.protocol(),
                served.path(),
                served.bytes(),
                served.seconds(),
                served.blockSize(),
                served.windowSize(),
                served.retransmits()));
        if (delivered) {
            BootSessions.Totals totals = sessions.totals(session);
            enter(new BootDelivered(ref(session), totals.files(), totals.bytes(), session.seconds(now)));
            LOG.infof("delivered mac=%s boot=%s", session.mac(), session.bootId());
        }
    }

    /**
     * The measures of one transfer.
     *
     * @param acknowledged false when the last ACK never came: some ROMs start the file without sending it
     */
    public record Served(
            String protocol,
            String path,
            long bytes,
            double seconds,
            int blockSize,
            int windowSize,
            int retransmits,
            boolean acknowledged) {

        public static Served overHttp(String path, long bytes, double seconds) {
            return new Served("http", path, bytes, seconds, 0, 0, 0, true);
        }
    }

    /** The booted system asked for its answers: the only thing that makes a boot complete. */
    public void checkedIn(BootSession session, CheckIn evidence, long now) {
        if (sessions.completed(session) && session.discovered()) {
            enter(new BootCompleted(ref(session), evidence, session.seconds(now)));
            LOG.infof(
                    "completed mac=%s boot=%s seconds=%.1f from=%s agent=%s",
                    session.mac(),
                    session.bootId(),
                    session.seconds(now),
                    evidence.remoteAddress(),
                    evidence.userAgent());
        }
    }

    /** The same for a boot that this peer has forgotten, or never had: when it began is not known here. */
    void checkedInUnremembered(BootToken token, String mac, CheckIn evidence) {
        if (sessions.completed(token.bootId())) {
            enter(new BootCompleted(ref(token.bootId(), mac), evidence, 0));
            LOG.infof(
                    "completed mac=%s boot=%s from=%s agent=%s remembered=false",
                    mac, token.bootId(), evidence.remoteAddress(), evidence.userAgent());
        }
    }

    /** Boots that fetched files and never checked in. */
    public void expired(List<BootSession> failed) {
        for (BootSession session : failed) {
            BootSessions.Totals totals = sessions.totals(session);
            enter(new BootFailed(
                    ref(session),
                    "no-check-in",
                    "fetched " + totals.files() + " files (" + totals.bytes() + " bytes), then nothing for "
                            + BootSessions.PATIENCE_MILLIS / 60_000 + " minutes"));
            LOG.warnf("failed mac=%s boot=%s reason=no-check-in", session.mac(), session.bootId());
        }
    }

    private void enter(Event event) {
        books.enter(() -> List.of(event));
    }

    private BootRef ref(BootSession session) {
        return ref(session.bootId(), session.mac());
    }

    private BootRef ref(UUID bootId, String mac) {
        return new BootRef(bootId, segment.siteId(), segment.segmentId(), segment.peerId(), mac, clock.next());
    }
}
