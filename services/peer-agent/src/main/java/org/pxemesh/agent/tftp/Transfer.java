package org.pxemesh.agent.tftp;

import java.util.Optional;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.Handover;
import org.pxemesh.netboot.tftp.TftpEffect.SendBlocks;
import org.pxemesh.netboot.tftp.TftpSession;
import org.pxemesh.netboot.tftp.TransferTable;

/** One file on its way to one client: the library's session with the file and the measures. TFTP's thread only. */
final class Transfer {

    /** A neighbour's knowledge is so old at most; 65535 blocks take longer on any segment. */
    static final long TELL_MILLIS = 1_000;

    private final long client;
    private final int socket;
    private final BootSession boot;
    private final ServedFile file;
    private final String asked;
    private final Blocks blocks;
    private final Hunger hunger = new Hunger();
    private final long startedAt;
    private TftpSession session;
    private long highestSent;
    private int retransmits;
    private long toldAt;
    private boolean open = true;
    private boolean proven;

    Transfer(
            long client,
            int socket,
            BootSession boot,
            ServedFile file,
            String asked,
            Blocks blocks,
            TftpSession session,
            long now) {
        this.client = client;
        this.socket = socket;
        this.boot = boot;
        this.file = file;
        this.asked = asked;
        this.blocks = blocks;
        this.session = session;
        this.startedAt = now;
        this.toldAt = now;
    }

    /** Address and port, as {@link org.pxemesh.netboot.tftp.TransferTable#key} has them. */
    long client() {
        return client;
    }

    /** The number of the socket that it runs over. */
    int socket() {
        return socket;
    }

    BootSession boot() {
        return boot;
    }

    ServedFile file() {
        return file;
    }

    /** Whether a request repeats this transfer's own. */
    boolean isFor(String fileName) {
        return asked.equals(fileName);
    }

    /** Its wait for what is still arriving. */
    Hunger hunger() {
        return hunger;
    }

    Blocks blocks() {
        return blocks;
    }

    TftpSession session() {
        return session;
    }

    void session(TftpSession next) {
        session = next;
    }

    void countSent(SendBlocks sent) {
        long last = sent.first() + sent.count() - 1;
        retransmits += (int) Math.clamp(highestSent - sent.first() + 1, 0, sent.count());
        highestSent = Math.max(highestSent, last);
    }

    int retransmits() {
        return retransmits;
    }

    double seconds(long now) {
        return (now - startedAt) / 1000.0;
    }

    /** Whether neighbours are to be told of it: a long transfer that runs, now and then. */
    boolean isToBeTold(long now) {
        boolean due = now - toldAt >= TELL_MILLIS
                && session.phase() == TftpSession.Phase.SENDING
                && session.isProven()
                && file instanceof ServedFile.OnDisk;
        if (due) {
            toldAt = now;
        }
        return due;
    }

    /** As neighbours are told of it; empty for a file that was made for this client, which others make differently. */
    Optional<Handover> handover(Ipv4Address server, int port) {
        return file instanceof ServedFile.OnDisk disk
                ? Optional.of(new Handover(
                        server,
                        port,
                        new Ipv4Address(TransferTable.address(client)),
                        TransferTable.port(client),
                        boot.bootId(),
                        boot.plan().packageRef(),
                        asked,
                        disk.digest().toString(),
                        session.fileLength(),
                        session.agreement(),
                        session.acked()))
                : Optional.empty();
    }

    /** True once: when the client has acknowledged something for the first time. */
    boolean becomesProven() {
        if (proven || !session.isProven()) {
            return false;
        }
        proven = true;
        return true;
    }

    /** The first call alone returns true: the file is to be closed then. */
    boolean closes() {
        boolean was = open;
        open = false;
        return was;
    }
}
