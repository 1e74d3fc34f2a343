package org.pxemesh.netboot.tftp;

/** What can happen to a transfer. */
public sealed interface TftpEvent {

    /**
     * The client acknowledged.
     *
     * @param block as on the wire, 0 to 65535
     */
    record Acked(int block) implements TftpEvent {}

    /**
     * The client acknowledged and named the size of the window that is to follow ({@code msftwindow}).
     *
     * @param block as on the wire, 0 to 65535
     * @param window blocks, at least 1; what the server never sends is not asked for
     */
    record AckedWithWindow(int block, int window) implements TftpEvent {
        public AckedWithWindow {
            if (window < 1) {
                throw new IllegalArgumentException("window=" + window + ": at least 1");
            }
        }
    }

    /** The client sent ERROR. */
    record ErrorReceived(ErrorCode code, String message) implements TftpEvent {}

    /** Time passed; nothing happens before {@link TftpSession#dueAt()}. */
    record Tick() implements TftpEvent {}

    /** The same request again from the same address and port: the client did not hear our first packet. */
    record RequestRepeated() implements TftpEvent {}
}
