package org.pxemesh.netboot.pxe;

import java.util.Optional;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.loader.BootQuestion;

/**
 * What a reply tells the client to fetch.
 *
 * @param server the address that will serve the files; goes into {@code siaddr} and option 54 alike, whoever answers
 * @param bootFile the NBP's file name, or for an HTTP client its URI
 * @param bcdPath the BCD store for Microsoft's boot manager (option 252)
 * @param question what the firmware itself asks a person first
 */
public record ReplyContent(
        Ipv4Address server, String bootFile, Optional<String> bcdPath, Optional<BootQuestion> question) {

    public ReplyContent {
        if (server.isNone()) {
            throw new IllegalArgumentException("the serving address is 0.0.0.0; clients would not know whom to ask");
        }
        if (bootFile.isEmpty() || bootFile.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a boot file name is not empty and holds no NUL: '" + bootFile + "'");
        }
        // The packet must stay within 1472 octets (EDK2's buffer); names as long as this leave room for the rest.
        if (bootFile.length() > 512 || bcdPath.orElse("").length() > 253) {
            throw new IllegalArgumentException("boot file (512) or BCD path (253) too long for a DHCP reply");
        }
    }

    public static ReplyContent of(Ipv4Address server, String bootFile) {
        return new ReplyContent(server, bootFile, Optional.empty(), Optional.empty());
    }
}
