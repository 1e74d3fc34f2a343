package org.pxemesh.agent.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.AtomicFiles;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.mesh.MeshCodec;

/**
 * The agent's id and how often it started; both are part of every event's id.
 *
 * <p>A disk that was cloned carries its original's id to another machine. So the id holds only while the machine is the
 * same: when its SMBIOS GUID and all of its MACs are others, a new one is minted. A new network card or a new mainboard
 * alone keeps it. Where the GUID cannot be read, the MACs decide alone.
 *
 * @param agentId this peer
 * @param starts grows by one with each start
 * @param smbiosGuid of the machine, null where it cannot be read
 * @param macs of the machine
 * @param highestTerm the highest uplink term heard of
 */
public record Identity(UUID agentId, long starts, @Nullable String smbiosGuid, List<String> macs, long highestTerm) {
    private static final Logger LOG = Logger.getLogger(Identity.class);
    private static final ObjectMapper MAPPER = MeshCodec.newMapper();
    private static final String FILE = "identity.json";

    public Identity {
        macs = List.copyOf(macs);
    }

    /**
     * Reads the identity, or mints one, counts the start and writes it back.
     *
     * @throws StartProblem when the directory cannot be written
     */
    public static Identity load(Path stateDir, Optional<String> smbiosGuid, List<String> macs) {
        try {
            Files.createDirectories(stateDir);
        } catch (IOException e) {
            throw unwritable(stateDir, e);
        }
        var stored = read(stateDir.resolve(FILE));
        var kept = stored.filter(known -> known.isOf(smbiosGuid, macs));
        if (stored.isPresent() && kept.isEmpty()) {
            LOG.warnf(
                    "event=identity-minted reason=other-machine former=%s",
                    stored.get().agentId());
        }
        var identity = new Identity(
                kept.map(Identity::agentId).orElseGet(UUID::randomUUID),
                stored.map(Identity::starts).orElse(0L) + 1,
                smbiosGuid.orElse(null),
                macs,
                stored.map(Identity::highestTerm).orElse(0L));
        identity.save(stateDir);
        return identity;
    }

    /** Remembers a term across restarts. */
    public static void rememberTerm(Path stateDir, long term) {
        read(stateDir.resolve(FILE))
                .filter(known -> known.highestTerm < term)
                .map(known -> new Identity(known.agentId, known.starts, known.smbiosGuid, known.macs, term))
                .ifPresent(known -> known.save(stateDir));
    }

    boolean isOf(Optional<String> guid, List<String> presentMacs) {
        var sameMacs = macs.isEmpty()
                || presentMacs.isEmpty()
                || !Collections.disjoint(new HashSet<>(macs), new HashSet<>(presentMacs));
        var sameGuid = smbiosGuid != null && guid.filter(smbiosGuid::equals).isPresent();
        return sameMacs || sameGuid;
    }

    private static Optional<Identity> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(MAPPER.readValue(Files.readAllBytes(file), Identity.class))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("event=identity-unreadable file=%s reason=%s action=minting-a-new-one", file, e.getMessage());
            return Optional.empty();
        }
    }

    private void save(Path stateDir) {
        try {
            AtomicFiles.write(stateDir.resolve(FILE), MAPPER.writeValueAsBytes(this));
        } catch (IOException e) {
            throw unwritable(stateDir, e);
        }
    }

    private static StartProblem unwritable(Path stateDir, IOException e) {
        return new StartProblem(
                "pxemesh.state-dir " + stateDir + " cannot be written ("
                        + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + "); make it a directory that the agent's user may write, or set another",
                e);
    }
}
