package org.pxemesh.zoo.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.Endpoint;

/** One broadcast domain. The same hosts, troubles and seed give the same run to the last datagram. */
public final class Wire {

    private static final int LATE_MILLIS = 30;

    private record Flight(long at, long order, Datagram datagram) {}

    private final List<Host> hosts;
    private final Set<Host> trusted;
    private final Troubles troubles;
    private final Random chance;
    private final PriorityQueue<Flight> flying =
            new PriorityQueue<>(java.util.Comparator.comparingLong(Flight::at).thenComparingLong(Flight::order));
    private final List<Datagram> sent = new ArrayList<>();
    private long now;
    private long order;

    /** @param trusted whose answers to DHCP clients a snooping switch lets pass */
    public Wire(List<Host> hosts, Set<Host> trusted, Troubles troubles, long seed) {
        this.hosts = List.copyOf(hosts);
        this.trusted = Set.copyOf(trusted);
        this.troubles = troubles;
        this.chance = new Random(seed);
    }

    /** Virtual milliseconds. */
    public long now() {
        return now;
    }

    /** All that was sent so far, lost or not. */
    public List<Datagram> sent() {
        return sent;
    }

    /** Puts a host's datagrams on the wire. */
    public void send(Host from, List<Datagram> datagrams) {
        for (Datagram datagram : datagrams) {
            sent.add(datagram);
            boolean snooped = troubles.snooping() && datagram.to().port() == 68 && !trusted.contains(from);
            if (snooped || hit(troubles.lost())) {
                continue;
            }
            fly(datagram);
            if (hit(troubles.doubled())) {
                fly(datagram);
            }
        }
    }

    private void fly(Datagram datagram) {
        long delay = troubles.latencyMillis() + (hit(troubles.late()) ? LATE_MILLIS : 0);
        flying.add(new Flight(now + delay, order++, datagram));
    }

    private boolean hit(int perThousand) {
        return perThousand > 0 && chance.nextInt(1000) < perThousand;
    }

    /**
     * Lets time pass until the condition holds.
     *
     * @return false when virtual time ran out, or nobody wants anything any more
     */
    public boolean runUntil(BooleanSupplier done, long limitMillis) {
        while (!done.getAsBoolean()) {
            long next = hosts.stream().mapToLong(Host::dueAt).min().orElse(Long.MAX_VALUE);
            if (!flying.isEmpty()) {
                next = Math.min(next, flying.peek().at());
            }
            if (next == Long.MAX_VALUE || next > limitMillis) {
                return false;
            }
            now = Math.max(now, next);
            step();
        }
        return true;
    }

    private void step() {
        if (!flying.isEmpty() && flying.peek().at() <= now) {
            Datagram datagram = flying.remove().datagram();
            for (Host host : hosts) {
                boolean sender =
                        host.address() != 0 && host.address() == datagram.from().address();
                boolean meant = datagram.to().address() == Endpoint.BROADCAST
                        || host.address() != 0
                                && host.address() == datagram.to().address();
                if (meant && !sender) {
                    send(host, host.hear(datagram, now));
                }
            }
            return;
        }
        for (Host host : hosts) {
            if (host.dueAt() <= now) {
                send(host, host.tick(now));
            }
        }
    }
}
