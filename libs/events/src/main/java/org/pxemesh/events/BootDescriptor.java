package org.pxemesh.events;

import java.util.List;
import java.util.Objects;

/**
 * What a package boots, found by looking at its files when it was built.
 *
 * @param kind decides the boot plan
 * @param loaders the architectures that it serves; of several for one architecture the first is used
 */
public record BootDescriptor(PackageKind kind, List<LoaderState> loaders) {
    public BootDescriptor {
        loaders = List.copyOf(Objects.requireNonNull(loaders, "loaders is missing"));
    }
}
