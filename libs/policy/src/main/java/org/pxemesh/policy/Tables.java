package org.pxemesh.policy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.CollectionChanged;
import org.pxemesh.events.CollectionDeleted;
import org.pxemesh.events.ComputerChanged;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentChanged;
import org.pxemesh.events.DeploymentDeleted;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.Event;
import org.pxemesh.events.FirmwareLearned;
import org.pxemesh.events.FirmwareReverted;
import org.pxemesh.events.FirmwareState;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageRetired;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyChanged;
import org.pxemesh.events.PolicyDeleted;
import org.pxemesh.events.PolicyDisabled;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteDeleted;
import org.pxemesh.events.SiteState;

/** The content of a snapshot while the next one is made; nobody changes it once a {@link PolicySnapshot} has it. */
final class Tables {

    final Table<UUID, SiteState> sites;
    final Table<UUID, Collected> collections;
    final Table<UUID, PolicyState> policies;
    final Table<UUID, DeploymentState> deployments;
    final Table<UUID, ComputerState> computers;
    final Table<String, PackageState> packages;
    final Table<String, FirmwareState> firmware;

    @Nullable
    EpochRenewed epoch;

    Tables() {
        sites = new Table<>();
        collections = new Table<>();
        policies = new Table<>();
        deployments = new Table<>();
        computers = new Table<>();
        packages = new Table<>();
        firmware = new Table<>();
    }

    private Tables(Tables from) {
        sites = from.sites.copy();
        collections = from.collections.copy();
        policies = from.policies.copy();
        deployments = from.deployments.copy();
        computers = from.computers.copy();
        packages = from.packages.copy();
        firmware = from.firmware.copy();
        epoch = from.epoch;
    }

    Tables copy() {
        return new Tables(this);
    }

    /** Takes an event in; says whether anything changed. */
    boolean apply(Event event) {
        return switch (event) {
            case SiteChanged e -> sites.put(e.site().id(), e.site().revision(), e.site());
            case SiteDeleted e -> sites.remove(e.id(), e.revision());
            case CollectionChanged e ->
                collections.put(e.collection().id(), e.collection().revision(), Collected.of(e.collection()));
            case CollectionDeleted e -> collections.remove(e.id(), e.revision());
            case PolicyChanged e -> put(e.policy());
            case PolicyEnabled e -> put(e.policy());
            case PolicyDisabled e -> put(e.policy());
            case PolicyDeleted e -> policies.remove(e.id(), e.revision());
            case DeploymentChanged e ->
                deployments.put(e.deployment().id(), e.deployment().revision(), e.deployment());
            case DeploymentDeleted e -> deployments.remove(e.id(), e.revision());
            case ComputerChanged e ->
                computers.put(e.computer().id(), e.computer().revision(), e.computer());
            case ComputerDeleted e -> computers.remove(e.id(), e.revision());
            case PackageBuilt e -> packages.put(e.pkg().ref(), e.pkg().revision(), e.pkg());
            case PackageRetired e -> packages.remove(e.pkg().ref(), e.pkg().revision());
            case FirmwareLearned e -> put(e.firmware());
            case FirmwareReverted e -> put(e.firmware());
            case EpochRenewed e -> renew(e);
            default -> false;
        };
    }

    private boolean put(PolicyState policy) {
        return policies.put(policy.id(), policy.revision(), policy);
    }

    private boolean put(FirmwareState state) {
        return firmware.put(state.fingerprint().id(), state.revision(), state);
    }

    private boolean renew(EpochRenewed renewed) {
        if (epoch != null && epoch.epoch() >= renewed.epoch()) {
            return false;
        }
        epoch = renewed;
        return true;
    }
}
