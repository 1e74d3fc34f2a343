package org.pxemesh.agent.host;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * UDP sockets that are read and written in batches on memory that is kept, without an object per datagram where the
 * operating system lets that be. For one thread, all but {@link #wake()}. A peer's address and port stand in one number, as
 * {@link org.pxemesh.netboot.tftp.TransferTable#key} has it.
 */
public interface BatchSockets extends AutoCloseable {

    /** The most that can be sent at a time, octets: a UDP datagram is not longer. */
    int MOST_OCTETS = 64 * 1024;

    /** How datagrams travel here, for the log. */
    String description();

    /** The port that a socket is bound to; sockets are numbered from 0 in the order of their specifications. */
    int port(int socket);

    /**
     * Waits for datagrams and reads what is there of one socket. Earlier datagrams are gone then.
     *
     * @param waitMillis at most; negative: until something comes
     * @return datagrams, 0 when there are none or after {@link #wake()}
     */
    int receive(long waitMillis) throws IOException;

    /** The socket that the last datagrams came in on. */
    int socket();

    long sender(int datagram);

    int length(int datagram);

    /** The first four octets in network order; 0 when there are not so many. */
    int head(int datagram);

    /** One octet of a datagram, 0 to 255; {@code at} is less than its length. */
    int octet(int datagram, int at);

    /** A copy, for the few datagrams that have to be looked at closely. */
    ByteBuffer copy(int datagram);

    /** Sends one datagram. It may leave with {@link #flush()} only. */
    void send(int socket, long to, byte[] datagram);

    /** Memory that datagrams can be sent from as it is. */
    interface Kept {

        /** All of it; one view, whose position and limit are the caller's. */
        ByteBuffer octets();
    }

    /** Memory that lasts as long as the sockets, up to {@link #MOST_OCTETS}. */
    Kept keep(int octets);

    /**
     * Sends what stands in kept memory, in datagrams of {@code segment} octets, the last one perhaps shorter. They may leave
     * with {@link #flush()} only, and must not change until then; datagrams that the system does not take are lost, as on
     * the way.
     */
    void send(int socket, long to, Kept from, int at, int length, int segment);

    /** How often all that was sent has left. */
    long flushes();

    void flush();

    /** Ends a {@link #receive} that waits. Any thread. */
    void wake();

    @Override
    void close();
}
