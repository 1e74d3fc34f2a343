package org.pxemesh.cli.hq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What HQ answered.
 *
 * @param status below 400
 * @param body missing node when there was none
 * @param etag the revision that a change has to name
 * @param location path of what was made
 */
public record Answer(int status, JsonNode body, Optional<String> etag, Optional<String> location) {}
