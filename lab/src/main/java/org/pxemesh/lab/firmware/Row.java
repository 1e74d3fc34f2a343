package org.pxemesh.lab.firmware;

import java.time.Duration;
import java.util.List;
import org.pxemesh.lab.site.DhcpServer;

/**
 * One boot of the matrix.
 *
 * @param about what it shows
 * @param host the agent's host code, {@code linux} or {@code portable}
 * @param typing what somebody types on the console, after what; empty for a machine that is left alone
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
        List<Typing> typing,
        List<Mark> marks) {

    /**
     * A person at the console.
     *
     * @param after what the console shows before
     */
    record Typing(String after, String text) {}

    Row(String name, String about, Board board, Kit kit, DhcpServer dhcp, Relay relay, String host, Mark... marks) {
        this(name, about, board, kit, dhcp, relay, host, List.of(), List.of(marks));
    }

    Row typed(Typing... texts) {
        return new Row(name, about, board, kit, dhcp, relay, host, List.of(texts), marks);
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
