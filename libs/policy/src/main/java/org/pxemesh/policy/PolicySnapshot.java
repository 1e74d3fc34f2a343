package org.pxemesh.policy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.Event;
import org.pxemesh.events.FirmwareState;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SiteState;
import org.pxemesh.policy.rule.Labels;

/**
 * All that HQ said and that is known here, from {@code down} records whose signatures were verified before they came
 * in. An immutable value: {@link #apply} gives the next one.
 *
 * <p>An older revision never replaces a newer one, whatever way and order the records took through the mesh.
 */
public final class PolicySnapshot {

    /** What an agent knows before its first record: nothing, so that every client is ignored. */
    public static final PolicySnapshot EMPTY = new PolicySnapshot(new Tables());

    private final Tables tables;
    private final ComputerIndex index;

    private PolicySnapshot(Tables tables) {
        this.tables = tables;
        this.index = new ComputerIndex(tables.computers.live().values());
    }

    /** The snapshot with one more record's event; events that are no business of policy leave it as it is. */
    public PolicySnapshot apply(Event event) {
        return applyAll(List.of(event));
    }

    /** The snapshot with more events, in one copy: for views that are rebuilt from their topics. */
    public PolicySnapshot applyAll(Iterable<? extends Event> events) {
        Tables next = tables.copy();
        boolean changed = false;
        for (Event event : events) {
            changed |= next.apply(event);
        }
        return changed ? new PolicySnapshot(next) : this;
    }

    public Map<UUID, SiteState> sites() {
        return tables.sites.live();
    }

    /** Collections that have a record; {@link Collected#ALL_COMPUTERS} is found by {@link #collection} alone. */
    public Map<UUID, Collected> collections() {
        return tables.collections.live();
    }

    public Map<UUID, PolicyState> policies() {
        return tables.policies.live();
    }

    public Map<UUID, DeploymentState> deployments() {
        return tables.deployments.live();
    }

    public Map<UUID, ComputerState> computers() {
        return tables.computers.live();
    }

    /** Packages by {@code name@version}; retired ones are not among them. */
    public Map<String, PackageState> packages() {
        return tables.packages.live();
    }

    /** Whether a package version was built once and is retired. */
    public boolean isRetired(String packageRef) {
        return tables.packages.isGone(packageRef);
    }

    /** What HQ says of firmwares, by the id of their fingerprint; one without a form was reverted. */
    public Map<String, FirmwareState> firmware() {
        return tables.firmware.live();
    }

    public Optional<EpochRenewed> epoch() {
        return Optional.ofNullable(tables.epoch);
    }

    /** Whether HQ's records are fresh enough to act on. */
    public boolean isFresh(Instant now) {
        return tables.epoch != null && now.isBefore(tables.epoch.expiresAt());
    }

    /** The collection, the built-in one included. */
    public Optional<Collected> collection(UUID id) {
        return id.equals(Collected.ALL_COMPUTERS)
                ? Optional.of(Collected.BUILT_IN_ALL)
                : Optional.ofNullable(collections().get(id));
    }

    /**
     * The sites whose networks hold an address, those of the longest prefix alone. More than one where the same private
     * network exists at several sites and HQ was told so.
     */
    public List<SiteState> sitesAt(InetAddress address) {
        return SiteMap.sitesAt(sites().values(), address);
    }

    /** The computer that a boot client is; empty when HQ does not know it, or when it may be several. */
    public Optional<ComputerState> computerOf(BootClient client) {
        var candidates = index.candidates(List.of(client.mac()), client.smbiosGuid());
        return candidates.size() == 1 ? candidates.stream().findFirst() : Optional.empty();
    }

    /** Whether a boot client's MAC or GUID stands in any computer's record; if not, it is unknown for certain. */
    public boolean names(BootClient client) {
        return index.names(client.mac(), client.smbiosGuid());
    }

    /** Which computers carry a MAC or a SMBIOS GUID. */
    ComputerIndex index() {
        return index;
    }

    /** What rules see of a computer: its labels, with {@code host} and {@code site} where it does not name them. */
    public Labels labelsOf(ComputerState computer) {
        return labelsAt(computer.siteId()).with("host", computer.name()).overlaidWith(Labels.of(computer.labels()));
    }

    /** The label that every computer of a site carries: the site's name. */
    Labels labelsAt(@Nullable UUID siteId) {
        SiteState site = siteId == null ? null : sites().get(siteId);
        return site == null ? Labels.NONE : Labels.NONE.with("site", site.name());
    }
}
