package org.pxemesh.policyservice.firmware;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A firmware, and who says what of it: where a site is wrong, or lies, an administrator finds it here.
 *
 * @param says the last word of each site
 */
public record FirmwareDetail(FirmwareView firmware, List<Word> says) {

    /**
     * @param site its name; its id where HQ does not know it any more
     * @param counts false where other boot servers answer, and where HQ does not know the site
     */
    public record Word(UUID siteId, String site, String form, boolean counts, Instant at) {}
}
