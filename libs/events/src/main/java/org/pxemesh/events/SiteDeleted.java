package org.pxemesh.events;

import java.util.UUID;

/**
 * A site was deleted; a tombstone follows after 30 days.
 *
 * @param id the site
 * @param revision the last one, plus one
 */
public record SiteDeleted(UUID id, long revision) implements Event {}
