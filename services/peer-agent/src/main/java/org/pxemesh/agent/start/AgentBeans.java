package org.pxemesh.agent.start;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.host.Machine;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.segment.AgentMetrics;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.agent.uplink.EventJournal;
import org.pxemesh.agent.uplink.Outbox;
import org.pxemesh.agent.uplink.SnapshotStore;
import org.pxemesh.events.TrustedKeys;

/** Makes the agent's parts; each refuses a bad setting with a {@link StartProblem}. */
@ApplicationScoped
class AgentBeans {
    /** Events that HQ does not have yet may take this much of the disk. */
    private static final long JOURNAL_BYTES = 64L << 20;

    @Produces
    @Singleton
    Machine machine(AgentConfig config) {
        var machine = Machine.of(config.host());
        var present = machine.interfaceNames();
        for (var name : config.interfaces().orElse(List.of())) {
            if (!present.contains(name)) {
                throw new StartProblem("pxemesh.interfaces names " + name + ", but this machine has " + present
                        + "; name one of those, or leave the setting empty to use all wired ones");
            }
        }
        return machine;
    }

    @Produces
    @Singleton
    Identity identity(AgentConfig config, Machine machine) {
        var macs = machine.ports().stream()
                .filter(port -> port.kind() != NetworkPort.Kind.VIRTUAL)
                .map(NetworkPort::mac)
                .toList();
        return Identity.load(config.stateDir(), machine.smbiosGuid(), macs);
    }

    @Produces
    @Singleton
    SnapshotStore snapshots(AgentConfig config, Identity identity) {
        var store = new SnapshotStore(config.stateDir(), trusted(config), Clock.systemUTC());
        store.load();
        return store;
    }

    private static TrustedKeys trusted(AgentConfig config) {
        var setting = config.trust().keys().orElse("");
        try {
            var keys = TrustedKeys.parse(setting);
            if (keys.isEmpty()) {
                throw new StartProblem(
                        "pxemesh.trust.keys is empty: set it to HQ's public key (`./mesh hq status` shows"
                                + " it); an agent acts on nothing that is not signed");
            }
            return keys;
        } catch (IllegalArgumentException e) {
            throw new StartProblem("pxemesh.trust.keys: " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    FirmwareMemory firmware(AgentConfig config, Identity identity) {
        var memory = new FirmwareMemory(config.stateDir(), Clock.systemUTC());
        memory.load();
        return memory;
    }

    @Produces
    @Singleton
    Outbox outbox(AgentConfig config, Identity identity) {
        return new Outbox(new EventJournal(config.stateDir(), JOURNAL_BYTES), identity, Clock.systemUTC());
    }

    @Produces
    @Singleton
    DiskStore store(AgentConfig config, Identity identity) {
        return new DiskStore(config.stateDir());
    }

    @Produces
    @Singleton
    AgentMetrics metrics(MeterRegistry registry) {
        return new AgentMetrics(registry);
    }
}
