package org.pxemesh.events;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A policy: how the peers in its target collections behave.
 *
 * @param id the policy
 * @param revision grows by one with each write, from 1
 * @param name unique, shown to people
 * @param enabled whether peers act on it
 * @param mode answer or observe
 * @param collections the peers it is for
 * @param unknownComputers what to do with strangers
 * @param hold what its peers hold
 * @param tftpBlockSize bytes that Windows' boot manager asks for in a TFTP block, {@value #MIN_TFTP_BLOCK_SIZE} to
 *     {@value #MAX_TFTP_BLOCK_SIZE}; null = {@value #DEFAULT_TFTP_BLOCK_SIZE}, which fits an Ethernet frame
 * @param tftpWindowSize blocks that it asks for in a window, 1 to {@value #MAX_TFTP_WINDOW_SIZE}; null =
 *     {@value #DEFAULT_TFTP_WINDOW_SIZE}
 * @param promptSeconds how long a person in front of a machine has for an answer where peers ask (iPXE's scripts), 1 to
 *     {@value #MAX_PROMPT_SECONDS}; null = {@value #DEFAULT_PROMPT_SECONDS}
 */
public record PolicyState(
        UUID id,
        long revision,
        String name,
        boolean enabled,
        PolicyMode mode,
        List<UUID> collections,
        UnknownComputers unknownComputers,
        Holding hold,
        @Nullable Integer tftpBlockSize,
        @Nullable Integer tftpWindowSize,
        @Nullable Integer promptSeconds) {

    /** Below it, block numbers wrap every 32 MB for nothing. */
    public static final int MIN_TFTP_BLOCK_SIZE = 512;

    /** As much as Microsoft's documents allow; peers grant what goes without IP fragments. */
    public static final int MAX_TFTP_BLOCK_SIZE = 16_384;

    public static final int DEFAULT_TFTP_BLOCK_SIZE = 1456;
    public static final int MAX_TFTP_WINDOW_SIZE = 64;
    public static final int DEFAULT_TFTP_WINDOW_SIZE = 4;
    public static final int MAX_PROMPT_SECONDS = 3_600;
    public static final int DEFAULT_PROMPT_SECONDS = 15;

    public PolicyState {
        collections = List.copyOf(Objects.requireNonNull(collections, "collections is missing"));
    }

    /** A policy with the default TFTP sizes and time to answer. */
    public PolicyState(
            UUID id,
            long revision,
            String name,
            boolean enabled,
            PolicyMode mode,
            List<UUID> collections,
            UnknownComputers unknownComputers,
            Holding hold) {
        this(id, revision, name, enabled, mode, collections, unknownComputers, hold, null, null, null);
    }

    /** The time for an answer that is in force, in seconds. */
    public int promptSecondsOrDefault() {
        return promptSeconds == null ? DEFAULT_PROMPT_SECONDS : promptSeconds;
    }

    /** The block size in force. */
    public int tftpBlockSizeOrDefault() {
        return tftpBlockSize == null ? DEFAULT_TFTP_BLOCK_SIZE : tftpBlockSize;
    }

    /** The window in force. */
    public int tftpWindowSizeOrDefault() {
        return tftpWindowSize == null ? DEFAULT_TFTP_WINDOW_SIZE : tftpWindowSize;
    }
}
