package org.pxemesh.packageservice.recognition;

import java.util.List;
import org.pxemesh.content.PackageNotes;
import org.pxemesh.events.BootDescriptor;

/**
 * What a tree turned out to be.
 *
 * @param boot how it boots
 * @param files what the package will have
 * @param notes what it cannot do and has not
 * @param secrets what boot clients could read of it, one sentence each, without the secrets themselves
 */
public record Recognised(BootDescriptor boot, List<PackageFile> files, PackageNotes notes, List<String> secrets) {

    public Recognised {
        files = List.copyOf(files);
        secrets = List.copyOf(secrets);
    }
}
