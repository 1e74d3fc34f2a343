package org.pxemesh.events;

/**
 * What a peer holds of a package.
 *
 * @param packageRef {@code name@version}
 * @param bytesHeld verified and stored
 * @param bytes of the whole package
 * @param complete whether the peer is a holder
 */
public record HeldPackage(String packageRef, long bytesHeld, long bytes, boolean complete) {}
