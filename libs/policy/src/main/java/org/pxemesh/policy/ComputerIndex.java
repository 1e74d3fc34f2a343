package org.pxemesh.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ComputerState;

/** Finds computers by what a machine tells of itself. */
final class ComputerIndex {

    /** GUIDs that boards ship with when nobody set one: they name no machine. */
    private static final Set<String> MEANINGLESS_GUIDS = Set.of(
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "03000200-0400-0500-0006-000700080009",
            "00020003-0004-0005-0006-000700080009");

    private final Map<String, Set<ComputerState>> byMac = new HashMap<>();
    private final Map<String, Set<ComputerState>> byGuid = new HashMap<>();

    ComputerIndex(Collection<ComputerState> computers) {
        for (ComputerState computer : computers) {
            for (String mac : computer.macs()) {
                add(byMac, mac, computer);
            }
            if (computer.smbiosGuid() != null) {
                add(byGuid, computer.smbiosGuid(), computer);
            }
        }
    }

    /**
     * The computers that a machine may be. By MAC first; the GUID decides alone when no MAC is known (a replaced network
     * card), and speaks against the MAC when it names other computers (a dock or USB adapter that is passed round).
     *
     * @return none: unknown; one: it; several: nobody can tell which
     */
    Set<ComputerState> candidates(List<String> macs, @Nullable String smbiosGuid) {
        Set<ComputerState> named = new LinkedHashSet<>();
        for (String mac : macs) {
            named.addAll(byMac.getOrDefault(mac.toLowerCase(Locale.ROOT), Set.of()));
        }
        Set<ComputerState> sameGuid = smbiosGuid == null || MEANINGLESS_GUIDS.contains(key(smbiosGuid))
                ? Set.of()
                : byGuid.getOrDefault(key(smbiosGuid), Set.of());
        if (named.size() == 1 && sameGuid.containsAll(named)) {
            // Cloned boards share a GUID; the MAC tells them apart.
            return named;
        }
        named.addAll(sameGuid);
        return named;
    }

    /** Whether any computer carries one of them, as they are written in lower case. */
    boolean names(String mac, @Nullable String smbiosGuid) {
        return byMac.containsKey(mac) || smbiosGuid != null && byGuid.containsKey(smbiosGuid);
    }

    private static void add(Map<String, Set<ComputerState>> index, String value, ComputerState computer) {
        index.computeIfAbsent(key(value), unused -> new LinkedHashSet<>()).add(computer);
    }

    private static String key(String value) {
        return value.toLowerCase(Locale.ROOT);
    }
}
