package org.pxemesh.statusservice.boot;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One boot of one client.
 *
 * @param state see {@link BootState}, lower case
 * @param siteName null when HQ has no record of the site
 * @param computer name of the computer it matches; null for an unknown machine
 * @param architecture for people, for example {@code x64 UEFI}
 * @param responder address that serves
 * @param responderHost name of the peer that serves
 * @param reasons all reasons of the last time it got no answer
 * @param ignored how often it got no answer
 * @param files served so far
 * @param bytes served so far
 * @param seconds from the first DISCOVER to delivery, or to the check-in when the system came up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Boot(
        UUID id,
        String state,
        String mac,
        UUID siteId,
        @Nullable String siteName,
        UUID segmentId,
        @Nullable UUID computerId,
        @Nullable String computer,
        @Nullable String architecture,
        @Nullable String vendorClass,
        @Nullable String smbiosGuid,
        @Nullable String packageRef,
        @Nullable String replyForm,
        @Nullable String responder,
        @Nullable UUID responderPeerId,
        @Nullable String responderHost,
        List<String> reasons,
        int ignored,
        int files,
        long bytes,
        @Nullable Double seconds,
        @Nullable String failure,
        Instant startedAt,
        Instant updatedAt) {}
