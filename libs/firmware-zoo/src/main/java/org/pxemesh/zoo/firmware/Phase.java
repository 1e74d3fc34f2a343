package org.pxemesh.zoo.firmware;

import java.util.List;
import org.pxemesh.zoo.tftp.Errands;
import org.pxemesh.zoo.tftp.Fetch;

/**
 * Where a machine stands.
 *
 * <pre>
 *   Off ─► Discovering ─► Requesting ─► Prompting ─► AskingBootServer ─► Fetching ─► Ended
 *               │              ├─────────────────────────►  ▲               ▲          ▲
 *               │              └────────────────────────────────────────────┘          │
 *               └── nobody answered ───────────────────────────────────────────────────┘
 * </pre>
 */
public sealed interface Phase {

    /** Before power-on. */
    record Off() implements Phase {}

    /**
     * Offers are collected.
     *
     * @param attempt from 0
     * @param until when this DISCOVER is given up
     */
    record Discovering(int attempt, byte[] request, long startedAt, long until, List<Offer> offers) implements Phase {}

    /** The DHCP server is asked for the address. */
    record Requesting(Choice choice, int tries, long until) implements Phase {}

    /**
     * A boot menu's prompt waits for a person.
     *
     * @param server index into the choice's servers
     * @param until when the person answers, or the time is over
     */
    record Prompting(Choice choice, int address, int server, long until) implements Phase {}

    /**
     * Port 4011 is asked.
     *
     * @param server index into the choice's servers
     * @param item boot server type that was chosen from a menu; -1 without one
     */
    record AskingBootServer(Choice choice, int address, int server, int item, int tries, byte[] request, long until)
            implements Phase {}

    /** Files come. */
    record Fetching(String program, Errands errands) implements Phase {}

    /**
     * The end.
     *
     * @param how what a user would see
     * @param detail the boot program, or what was missing
     * @param transfers all that was fetched or asked for
     */
    record Ended(Outcome how, String detail, List<Fetch> transfers) implements Phase {}

    /** What a user sees, by Intel's messages. */
    enum Outcome {
        /** The boot program and all that its loader needs are in memory. */
        BOOTED,
        /** The program is named by a URI. */
        HANDED_URI,
        /** PXE-E51: no offer with an address. */
        E51_NO_DHCP,
        /** PXE-E53: offers, but none with a boot program. */
        E53_NO_BOOT_FILE,
        /** PXE-E55: port 4011 stays silent. */
        E55_NO_BOOT_SERVER,
        /** The machine goes on to its next boot device, by a menu's word or a person's. */
        NEXT_DEVICE,
        /** The firmware itself broke. */
        FIRMWARE_FAULT,
        /** TFTP failed: PXE-E32, E35, E3B. */
        TFTP_FAILED
    }
}
