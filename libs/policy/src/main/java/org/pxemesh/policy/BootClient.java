package org.pxemesh.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BootSigning;

/**
 * What a boot client told of itself, as far as decisions look at it. How to answer it (reply form, address) is another
 * room's question.
 *
 * @param mac lower case with colons
 * @param smbiosGuid from DHCP option 97, or null when it sent none
 * @param architecture what its firmware can run
 * @param refused the signing that its firmware seems to have refused (Q111), or null; another one of the package comes first
 *     then
 */
public record BootClient(
        String mac,
        @Nullable String smbiosGuid,
        ClientArchitecture architecture,
        @Nullable BootSigning refused) {

    public BootClient {
        mac = mac.toLowerCase(Locale.ROOT);
        smbiosGuid = smbiosGuid == null ? null : smbiosGuid.toLowerCase(Locale.ROOT);
    }

    /** A client that refused nothing yet. */
    public BootClient(String mac, @Nullable String smbiosGuid, ClientArchitecture architecture) {
        this(mac, smbiosGuid, architecture, null);
    }
}
