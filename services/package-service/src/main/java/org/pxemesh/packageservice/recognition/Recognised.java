package org.pxemesh.packageservice.recognition;

import java.util.List;
import org.pxemesh.events.BootDescriptor;

/**
 * What a tree turned out to be.
 *
 * @param boot how it boots
 * @param needsIpxe whether {@link LinuxNetboot#IPXE} has to be added to the tree for this
 * @param warnings what it cannot do, for the administrator
 */
public record Recognised(BootDescriptor boot, boolean needsIpxe, List<String> warnings) {

    public Recognised {
        warnings = List.copyOf(warnings);
    }
}
