package org.pxemesh.statusservice.distribution;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A package and how far it has spread. Bytes are verified and stored ones; rates are bytes per second and count what was
 * told in the last seconds.
 *
 * @param state building, failed, built or retired
 * @param holders peers in the mesh that hold all of it
 * @param sites where anybody gathers or holds it
 * @param sitesComplete of these, where somebody in the mesh holds all of it
 * @param wanBytes fetched over the WAN by all peers together
 * @param lanBytes fetched from neighbours by all peers together
 * @param reusedBytes copied by them from other packages on their own disks
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Distribution(
        String packageRef,
        String state,
        long bytes,
        int files,
        @Nullable Instant builtAt,
        int holders,
        int sites,
        int sitesComplete,
        long wanBytes,
        long lanBytes,
        long reusedBytes,
        long wanBytesPerSecond,
        long lanBytesPerSecond,
        @Nullable Build build) {

    /** A build that works, or why it failed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Build(
            String stage,
            int filesDone,
            int files,
            long bytesDone,
            long bytes,
            @Nullable String failure,
            Instant updatedAt) {}

    /**
     * A package at one site.
     *
     * @param bytesHeld of the peer that has most: how far the site's own copy is
     * @param peers that gather or hold it
     * @param holders of these, in the mesh with all of it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AtSite(
            UUID siteId,
            @Nullable String name,
            long bytesHeld,
            long bytes,
            int peers,
            int holders,
            long wanBytes,
            long lanBytes,
            long reusedBytes,
            long wanBytesPerSecond,
            long lanBytesPerSecond,
            Instant updatedAt) {}

    /**
     * A package at one peer.
     *
     * @param seconds from its first chunk to its last, once it is complete
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AtPeer(
            UUID peerId,
            @Nullable String hostname,
            UUID siteId,
            UUID segmentId,
            boolean joined,
            long bytesHeld,
            long bytes,
            boolean complete,
            long wanBytes,
            long lanBytes,
            long reusedBytes,
            long wanBytesPerSecond,
            long lanBytesPerSecond,
            @Nullable Double seconds) {}
}
