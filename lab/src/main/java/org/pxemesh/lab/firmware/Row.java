package org.pxemesh.lab.firmware;

import java.time.Duration;
import java.util.List;
import org.pxemesh.lab.site.DhcpServer;

/**
 * One boot of the matrix.
 *
 * @param about what it shows
 * @param host the agent's host code, {@code linux} or {@code portable}
 * @param beside what else is in the segment
 * @param asks whether the deployment asks a person first, by the firmware's own menu where nothing else can
 * @param marks in the order in which they come; the last is the proof, and ends the row
 */
record Row(
        String name,
        String about,
        Board board,
        Kit kit,
        DhcpServer dhcp,
        Relay relay,
        String host,
        Beside beside,
        boolean asks,
        List<Mark> marks) {

    Row(String name, String about, Board board, Kit kit, DhcpServer dhcp, Relay relay, String host, Mark... marks) {
        this(name, about, board, kit, dhcp, relay, host, Beside.NOTHING, false, List.of(marks));
    }

    /** The same row with something beside it. */
    Row with(Beside other) {
        return new Row(name, about, board, kit, dhcp, relay, host, other, asks, marks);
    }

    /** The same with a person in front of it. */
    Row asking() {
        return new Row(name, about, board, kit, dhcp, relay, host, beside, true, marks);
    }

    /** The stage that proves the row. */
    Stage proof() {
        return marks.getLast().stage();
    }

    /** Emulated aarch64 firmware takes a minute. */
    Duration patience() {
        return board.console().equals("ttyAMA0") ? Duration.ofSeconds(200) : Duration.ofSeconds(120);
    }
}
