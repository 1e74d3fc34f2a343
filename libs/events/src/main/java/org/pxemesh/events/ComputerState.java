package org.pxemesh.events;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A computer that HQ knows: MACs, SMBIOS GUID and labels are attributes, the id is ours.
 *
 * @param id the computer
 * @param revision grows by one with each write, from 1
 * @param name shown to people
 * @param siteId its home, which decides the partition of its record
 * @param macs lower case with colons
 * @param smbiosGuid as printed by firmware setup, or null
 * @param labels what rules look at
 * @param collections the lists that name it
 */
public record ComputerState(
        UUID id,
        long revision,
        String name,
        @Nullable UUID siteId,
        List<String> macs,
        @Nullable String smbiosGuid,
        Map<String, String> labels,
        List<UUID> collections) {
    public ComputerState {
        macs = List.copyOf(Objects.requireNonNull(macs, "macs is missing"));
        labels = Map.copyOf(Objects.requireNonNull(labels, "labels is missing"));
        collections = List.copyOf(Objects.requireNonNull(collections, "collections is missing"));
    }
}
