package org.pxemesh.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A boot client asked for a boot server.
 *
 * @param boot which boot, where, told by whom
 * @param architecture DHCP option 93 (RFC 4578; IANA processor architecture types)
 * @param vendorClass DHCP option 60 as sent
 * @param smbiosGuid from DHCP option 97, or null
 * @param computerId the computer it matches, or null when unknown
 * @param attempt DISCOVERs of this client since 120 s of silence, from 0
 */
public record BootRequested(
        BootRef boot,
        int architecture,
        String vendorClass,
        @Nullable String smbiosGuid,
        @Nullable UUID computerId,
        int attempt)
        implements Event {}
