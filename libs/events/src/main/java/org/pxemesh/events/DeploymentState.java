package org.pxemesh.events;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deployment: which package a collection of computers, or unknown computers, boots, and how.
 *
 * @param id the deployment
 * @param revision grows by one with each write, from 1
 * @param name unique, shown to people
 * @param packageRef {@code name@version}; null for {@link DeploymentKind#LOCAL} alone
 * @param collection the computers, or null
 * @param unknownComputers whether it is for machines that HQ does not know
 * @param kind required, available or local
 * @param arguments added to the kernel command line
 * @param pxeMenu whether the firmware's own PXE menu may ask where no program of the package can, for
 *     {@link DeploymentKind#AVAILABLE} alone; null = no: old firmware gets menus wrong
 */
public record DeploymentState(
        UUID id,
        long revision,
        String name,
        @Nullable String packageRef,
        @Nullable UUID collection,
        boolean unknownComputers,
        DeploymentKind kind,
        List<String> arguments,
        @Nullable Boolean pxeMenu) {
    public DeploymentState {
        arguments = List.copyOf(Objects.requireNonNull(arguments, "arguments is missing"));
    }

    /** A deployment that leaves asking to the package's programs. */
    public DeploymentState(
            UUID id,
            long revision,
            String name,
            @Nullable String packageRef,
            @Nullable UUID collection,
            boolean unknownComputers,
            DeploymentKind kind,
            List<String> arguments) {
        this(id, revision, name, packageRef, collection, unknownComputers, kind, arguments, null);
    }

    /** Whether the firmware's own menu may ask. */
    public boolean allowsPxeMenu() {
        return Boolean.TRUE.equals(pxeMenu);
    }
}
