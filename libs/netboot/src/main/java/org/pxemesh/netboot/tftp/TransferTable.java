package org.pxemesh.netboot.tftp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which transfers may run beside each other: so many in all, so many per address, and of those whose client has never
 * acknowledged anything only few, of which the oldest makes room for the next. So a flood drives out itself, and never
 * who is loading. Not for several threads.
 *
 * @param <T> a transfer
 */
public final class TransferTable<T> {

    private final Limits limits;
    private final Map<Long, T> all = new HashMap<>();
    private final Map<Integer, Integer> perAddress = new HashMap<>();
    private final LinkedHashSet<Long> unproven = new LinkedHashSet<>();

    /**
     * How many transfers there may be.
     *
     * @param all at once
     * @param perAddress of one client address
     * @param unproven whose client has not acknowledged anything
     */
    public record Limits(int all, int perAddress, int unproven) {

        /** Thousands of machines; as many behind one address as a room has behind a router of its own. */
        public static final Limits DEFAULT = new Limits(2048, 64, 256);
    }

    /** @param limits each at least 1 */
    public TransferTable(Limits limits) {
        this.limits = limits;
    }

    /** A client's address and port in one number: as a socket address has them, the port first. */
    public static long key(int address, int port) {
        return (long) port << 32 | address & 0xffff_ffffL;
    }

    /** The address in a key. */
    public static int address(long key) {
        return (int) key;
    }

    /** The port in a key. */
    public static int port(long key) {
        return (int) (key >>> 32) & 0xffff;
    }

    public @Nullable T get(long key) {
        return all.get(key);
    }

    /**
     * Adds a transfer that begins.
     *
     * @return what it put out of the table, itself when there is no room for it
     */
    public List<T> begin(long key, T transfer) {
        List<T> out = new ArrayList<>();
        remove(key).ifPresent(out::add);
        if (perAddress.getOrDefault(address(key), 0) >= limits.perAddress()) {
            oldestUnprovenOf(address(key)).flatMap(this::remove).ifPresent(out::add);
        }
        if (unproven.size() >= limits.unproven() || all.size() >= limits.all()) {
            unproven.stream().findFirst().flatMap(this::remove).ifPresent(out::add);
        }
        if (perAddress.getOrDefault(address(key), 0) >= limits.perAddress() || all.size() >= limits.all()) {
            out.add(transfer);
            return out;
        }
        all.put(key, transfer);
        unproven.add(key);
        perAddress.merge(address(key), 1, Integer::sum);
        return out;
    }

    private Optional<Long> oldestUnprovenOf(int address) {
        return unproven.stream().filter(key -> address(key) == address).findFirst();
    }

    /** A transfer's client acknowledged something: nothing puts the transfer out any more. */
    public void proven(long key) {
        unproven.remove(key);
    }

    public Optional<T> remove(long key) {
        T removed = all.remove(key);
        if (removed == null) {
            return Optional.empty();
        }
        unproven.remove(key);
        perAddress.computeIfPresent(address(key), (address, count) -> count == 1 ? null : count - 1);
        return Optional.of(removed);
    }

    public Collection<T> values() {
        return all.values();
    }

    public int size() {
        return all.size();
    }
}
