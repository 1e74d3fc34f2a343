package org.pxemesh.lab.firmware;

import java.time.Duration;
import java.util.List;
import org.pxemesh.lab.site.DhcpServer;

/**
 * One boot of the matrix.
 *
 * @param about what it shows
 * @param host the agent's host code, {@code linux} or {@code portable}
 * @param marks in the order in which they come; the last is the proof, and ends the row
 */
record Row(
        String name, String about, Board board, Kit kit, DhcpServer dhcp, Relay relay, String host, List<Mark> marks) {

    Row(String name, String about, Board board, Kit kit, DhcpServer dhcp, Relay relay, String host, Mark... marks) {
        this(name, about, board, kit, dhcp, relay, host, List.of(marks));
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
