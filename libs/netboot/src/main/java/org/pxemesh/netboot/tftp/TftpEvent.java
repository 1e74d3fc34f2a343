package org.pxemesh.netboot.tftp;

/** What can happen to a transfer. */
public sealed interface TftpEvent {

    /**
     * The client acknowledged.
     *
     * @param block as on the wire, 0 to 65535
     */
    record Acked(int block) implements TftpEvent {}

    /** The client sent ERROR. */
    record ErrorReceived(ErrorCode code, String message) implements TftpEvent {}

    /** Time passed; nothing happens before {@link TftpSession#dueAt()}. */
    record Tick() implements TftpEvent {}

    /** The same request again from the same address and port: the client did not hear our first packet. */
    record RequestRepeated() implements TftpEvent {}
}
