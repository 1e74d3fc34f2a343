package org.pxemesh.agent.boot;

import java.util.Optional;
import org.pxemesh.events.CheckIn;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.pxe.WindowsPeStarted;

/**
 * How a booted system tells that it is up: by the address that it was given, by asking from its own address, or, for a
 * Windows PE, by its mere request for an address.
 */
public final class CheckIns {

    /** A file that every client may fetch; having fetched it is a check-in. */
    static final String FILE = "pxemesh/checkin";

    private static final byte[] WORD = {'o', 'k', '\r', '\n'};

    private final BootDesk desk;

    CheckIns(BootDesk desk) {
        this.desk = desk;
    }

    /** What a client gets that fetches {@link #FILE}, by TFTP or HTTP. */
    static ServedFile file() {
        return new ServedFile.Made(FILE, WORD.clone());
    }

    /**
     * A system asks below the address that its boot was given.
     *
     * @return whether the boot is known, or is that machine's by its own word or a neighbour's: a peer that was started
     *     anew since has forgotten the boot, and the system is up all the same
     */
    public boolean byToken(BootToken token, CheckIn evidence, Ipv4Address from, long now) {
        Optional<BootSession> known = desk.sessions().byId(token.bootId());
        if (known.isPresent()) {
            desk.reporter().checkedIn(known.get(), evidence, now);
            return true;
        }
        Optional<String> mac = desk.macOf(from).filter(name -> desk.sessions().isOf(token, name));
        mac.ifPresent(name -> desk.reporter().checkedInUnremembered(token, name, evidence));
        return mac.isPresent();
    }

    /** A system asks from its own address and names no boot; it must have booted from here. */
    public boolean byAddress(CheckIn evidence, Ipv4Address from, long now) {
        Optional<BootSession> boot =
                desk.macOf(from).flatMap(desk.sessions()::byMac).filter(BootSession::discovered);
        boot.ifPresent(session -> desk.reporter().checkedIn(session, evidence, now));
        return boot.isPresent();
    }

    /** A Windows PE asks its DHCP server; it counts where this peer brought that machine its image. */
    public void windowsPe(WindowsPeStarted started, long now) {
        String mac = started.mac().toString();
        desk.sessions().byMac(mac).filter(BootSession::hasWindowsImage).ifPresent(session -> {
            desk.sessions().learn(mac, started.address());
            desk.reporter()
                    .checkedIn(
                            session,
                            new CheckIn(
                                    started.address().toString(),
                                    "dhcp",
                                    WindowsPeStarted.VENDOR_CLASS + " " + started.hostName()),
                            now);
        });
    }
}
