package org.pxemesh.agent.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.pxemesh.events.BootSigning;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;

/**
 * The boots of a segment that this peer knows of, found by id, by hardware address or by the address the client got.
 * Bounded: what was quiet longest is forgotten first. Safe for use by several threads; times are monotonic milliseconds.
 */
public final class BootSessions {

    /** Quiet time after which a boot without a check-in has failed. */
    public static final long PATIENCE_MILLIS = 15 * 60_000;

    private static final int CAPACITY = 4096;

    private record Known(BootToken token, long at) {
        UUID bootId() {
            return token.bootId();
        }
    }

    private final UUID segmentId;
    private final Map<UUID, BootSession> byId = bounded();
    private final Map<String, Known> idByMac = bounded();
    private final Map<Ipv4Address, String> macByAddress = bounded();
    private final Map<String, ClientArchitecture> architectureByMac = bounded();
    private final Map<UUID, Boolean> completedUnknown = bounded();
    private final Map<String, BootSigning> refusedByMac = bounded();

    public BootSessions(UUID segmentId) {
        this.segmentId = segmentId;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > CAPACITY;
            }
        };
    }

    /**
     * Begins a boot, or goes on with the client's boot that has not reached its system yet.
     *
     * @param xid of the client's DHCP message: peers that answer the same DISCOVER at the same time name one boot alike
     * @param goesOn whether the client said by its stage (iPXE) that it goes on
     */
    public synchronized BootSession discovered(String mac, int xid, BootPlan plan, boolean goesOn, long now) {
        Known known = idByMac.get(mac);
        BootSession current = known == null ? null : byId.get(known.bootId());
        boolean over = current != null && (current.isCompleted() || current.isDelivered() && !goesOn);
        if (known == null || over || now - known.at() > PATIENCE_MILLIS) {
            return keep(new BootSession(tokenOf(mac, xid), mac, plan, true, now, now), now);
        }
        return keep(
                current == null
                        ? new BootSession(known.token(), mac, plan, true, now, now)
                        : current.withPlan(plan, now),
                now);
    }

    private BootToken tokenOf(String mac, int xid) {
        BootToken token = BootToken.of(segmentId, mac, xid);
        // There are ROMs that make the xid of their MAC, and so send the same one at each start.
        return byId.containsKey(token.bootId()) ? new BootToken(UUID.randomUUID(), null) : token;
    }

    /**
     * Goes on with a boot that a client names by the address it was given, when this peer does not know it any more, or
     * another peer began it.
     */
    public synchronized BootSession adopt(BootToken token, String mac, BootPlan plan, Ipv4Address address, long now) {
        macByAddress.put(address, mac);
        return keep(new BootSession(token, mac, plan, true, now, now), now);
    }

    /** The same boot under another plan. */
    public synchronized BootSession decidedAnew(BootSession session, BootPlan plan, long now) {
        return keep(byId.getOrDefault(session.bootId(), session).withPlan(plan, now), now);
    }

    /** Whether a boot is that machine's: by its own word, or by a neighbour's. */
    public synchronized boolean isOf(BootToken token, String mac) {
        Known known = idByMac.get(mac);
        return token.names(segmentId, mac) || known != null && known.bootId().equals(token.bootId());
    }

    /** A client that fetches files without having discovered: curl, a TFTP client, a test. It is not reported. */
    public synchronized BootSession walkIn(String mac, BootPlan plan, Ipv4Address address, long now) {
        macByAddress.put(address, mac);
        return keep(new BootSession(new BootToken(UUID.randomUUID(), null), mac, plan, false, now, now), now);
    }

    private BootSession keep(BootSession session, long now) {
        byId.put(session.bootId(), session);
        idByMac.put(session.mac(), new Known(session.token(), now));
        return session;
    }

    /**
     * Another peer answered this client. Its boot id is taken where this peer has no boot of the client under way: the
     * client may still choose this peer's offer. What is known of that id stays: iPXE discovers in the same boot under
     * another transaction id than the firmware that started it, and of that one the id was not made.
     *
     * @param xid of the DISCOVER that it answered
     */
    public synchronized void heardOf(String mac, UUID bootId, int xid, long now) {
        Known known = idByMac.get(mac);
        BootSession current = known == null ? null : byId.get(known.bootId());
        if (current == null || current.isCompleted() || current.isDelivered()) {
            BootToken told = known != null && known.bootId().equals(bootId)
                    ? known.token()
                    : BootToken.told(bootId, segmentId, mac, xid);
            idByMac.put(mac, new Known(told, now));
        }
    }

    /** The address that a client was seen to ask for or to use. */
    public synchronized void learn(String mac, Ipv4Address address) {
        if (!address.isNone()) {
            macByAddress.put(address, mac);
        }
    }

    /** Whose address it is, as far as it was seen. */
    public synchronized Optional<String> macOf(Ipv4Address address) {
        return Optional.ofNullable(macByAddress.get(address));
    }

    /** The address that a machine was seen to use. */
    public synchronized Optional<Ipv4Address> addressOf(String mac) {
        return macByAddress.entrySet().stream()
                .filter(entry -> entry.getValue().equals(mac))
                .map(Map.Entry::getKey)
                .reduce((older, newer) -> newer);
    }

    /**
     * Looks at what a client did with its last boot manager, now that it begins anew.
     *
     * @return that boot, when the client seems to have refused the boot manager and this was not known
     */
    public synchronized Optional<BootSession> beginsAnew(String mac) {
        BootSession last = byMac(mac).orElse(null);
        if (last == null) {
            return Optional.empty();
        }
        BootSigning refused = last.refusedSigning();
        return refused == null || refused == refusedByMac.put(mac, refused) ? Optional.empty() : Optional.of(last);
    }

    /** The signing that a client seems to have refused last; empty when it refused none. */
    public synchronized Optional<BootSigning> refusedBy(String mac) {
        return Optional.ofNullable(refusedByMac.get(mac));
    }

    /** What a client said of its firmware, whoever answers it. */
    public synchronized void saw(String mac, ClientArchitecture architecture) {
        architectureByMac.put(mac, architecture);
    }

    /** What a client's firmware runs; empty when it was not heard since this peer began to listen. */
    public synchronized Optional<ClientArchitecture> architectureOf(String mac) {
        return Optional.ofNullable(architectureByMac.get(mac));
    }

    public synchronized Optional<BootSession> byId(UUID bootId) {
        return Optional.ofNullable(byId.get(bootId));
    }

    public synchronized Optional<BootSession> byMac(String mac) {
        return Optional.ofNullable(idByMac.get(mac)).map(Known::bootId).map(byId::get);
    }

    public synchronized Optional<BootSession> byAddress(Ipv4Address address) {
        return Optional.ofNullable(macByAddress.get(address)).flatMap(this::byMac);
    }

    /**
     * Notes a file that went to the client; true when with it the boot is delivered for the first time.
     *
     * @param acknowledged whether the client said that it has the file's end
     */
    public synchronized boolean served(BootSession session, String path, long bytes, boolean acknowledged, long now) {
        BootSession current = byId.getOrDefault(session.bootId(), session);
        current.count(path, bytes, acknowledged, now);
        return current.becomesDelivered();
    }

    /** Files and bytes so far. */
    public synchronized Totals totals(BootSession session) {
        BootSession current = byId.getOrDefault(session.bootId(), session);
        return new Totals(current.files(), current.bytes());
    }

    /** What a boot has fetched. */
    public record Totals(int files, long bytes) {}

    /** Notes the check-in; true the first time. */
    public synchronized boolean completed(BootSession session) {
        return byId.getOrDefault(session.bootId(), session).becomesCompleted();
    }

    /** Notes the check-in of a boot that this peer does not know any more; true the first time. */
    public synchronized boolean completed(UUID bootId) {
        return completedUnknown.put(bootId, true) == null;
    }

    /** Forgets boots that were quiet for too long; returns those that fetched files and never checked in. */
    public synchronized List<BootSession> expire(long now) {
        Predicate<BootSession> quiet = session -> now - session.activeAt() > PATIENCE_MILLIS;
        List<BootSession> failed = new ArrayList<>();
        byId.values().removeIf(session -> {
            if (quiet.test(session) && session.expectsCheckIn() && session.files() > 0 && !session.isCompleted()) {
                failed.add(session);
            }
            return quiet.test(session);
        });
        return failed;
    }
}
