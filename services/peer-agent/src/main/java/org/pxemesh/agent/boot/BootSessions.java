package org.pxemesh.agent.boot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
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

    private record Known(UUID bootId, long at) {}

    private final UUID segmentId;
    private final Map<UUID, BootSession> byId = bounded();
    private final Map<String, Known> idByMac = bounded();
    private final Map<Ipv4Address, String> macByAddress = bounded();
    private final Map<String, ClientArchitecture> architectureByMac = bounded();

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
            return keep(new BootSession(idOf(mac, xid), mac, plan, true, now, now), now);
        }
        return keep(
                current == null
                        ? new BootSession(known.bootId(), mac, plan, true, now, now)
                        : current.withPlan(plan, now),
                now);
    }

    private UUID idOf(String mac, int xid) {
        String name = segmentId + "/" + mac + "/" + Integer.toHexString(xid);
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
        // There are ROMs that make the xid of their MAC, and so send the same one at each start.
        return byId.containsKey(id) ? UUID.randomUUID() : id;
    }

    /** A client that fetches files without having discovered: curl, a TFTP client, a test. It is not reported. */
    public synchronized BootSession walkIn(String mac, BootPlan plan, Ipv4Address address, long now) {
        macByAddress.put(address, mac);
        return keep(new BootSession(UUID.randomUUID(), mac, plan, false, now, now), now);
    }

    private BootSession keep(BootSession session, long now) {
        byId.put(session.bootId(), session);
        idByMac.put(session.mac(), new Known(session.bootId(), now));
        return session;
    }

    /**
     * Another peer answered this client. Its boot id is taken where this peer has no boot of the client under way: the
     * client may still choose this peer's offer.
     */
    public synchronized void heardOf(String mac, UUID bootId, long now) {
        Known known = idByMac.get(mac);
        BootSession current = known == null ? null : byId.get(known.bootId());
        if (current == null || current.isCompleted() || current.isDelivered()) {
            idByMac.put(mac, new Known(bootId, now));
        }
    }

    /** The address that a client was seen to ask for or to use. */
    public synchronized void learn(String mac, Ipv4Address address) {
        if (!address.isNone()) {
            macByAddress.put(address, mac);
        }
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
