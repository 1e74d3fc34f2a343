package org.pxemesh.events;

import java.util.Objects;

/**
 * Something in a segment, beside the mesh, that is in the way of boot clients. It brings its own words, so that an HQ that
 * is older than the agent can show it.
 *
 * @param code for scripts, for example {@code dhcp-claims-pxe}; {@code docs/troubleshooting.md} lists them
 * @param server address of the server whose doing it is; empty where it is nobody's
 * @param symptom what the user of a boot client sees, for example {@code PXE-E55}
 * @param meaning why, in words
 * @param cure what to do about it
 * @param detail what exactly was seen; empty where there is no more to say
 */
public record SegmentFinding(String code, String server, String symptom, String meaning, String cure, String detail) {
    public SegmentFinding {
        Objects.requireNonNull(code, "code is missing");
        Objects.requireNonNull(server, "server is missing");
        Objects.requireNonNull(symptom, "symptom is missing");
        Objects.requireNonNull(meaning, "meaning is missing");
        Objects.requireNonNull(cure, "cure is missing");
        Objects.requireNonNull(detail, "detail is missing");
    }
}
