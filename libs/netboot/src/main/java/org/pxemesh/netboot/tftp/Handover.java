package org.pxemesh.netboot.tftp;

import java.util.UUID;
import org.pxemesh.netboot.dhcp.Ipv4Address;

/**
 * A transfer as a neighbour is told of it: all that is needed to go on with it under the same address when this server is
 * gone. Told now and then, not per block: the client's next ACK tells the rest.
 *
 * @param server the address that serves; who takes it over sends from it
 * @param serverPort the transfer's port there, its identifier to the client
 * @param client address and port tell transfers apart
 * @param clientPort 1 to 65535
 * @param run the boot that it belongs to
 * @param plan the package that the boot plan gives, {@code name@version}
 * @param path the name that the client asked for
 * @param digest SHA-256 of the content, 64 hex digits: only the same bytes may follow
 * @param length octets
 * @param agreement block size, window and time-out
 * @param block the last block known to be with the client, as a counter that does not wrap
 */
public record Handover(
        Ipv4Address server,
        int serverPort,
        Ipv4Address client,
        int clientPort,
        UUID run,
        String plan,
        String path,
        String digest,
        long length,
        Agreement agreement,
        long block) {

    public Handover {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("digest=" + digest + ": 64 lower-case hex digits");
        }
        if (length < 0 || block < 0 || block > length / agreement.blockSize() + 1) {
            throw new IllegalArgumentException("block=" + block + " of a file of " + length + " octets in blocks of "
                    + agreement.blockSize() + ": there is no such block");
        }
        if (badPort(serverPort) || badPort(clientPort)) {
            throw new IllegalArgumentException("ports " + serverPort + " and " + clientPort + ": 1 to 65535");
        }
    }

    private static boolean badPort(int port) {
        return port < 1 || port > 65535;
    }

    /** The transfer in the successor's hands: it waits for the client's next ACK. */
    public TftpSession resume(long now) {
        return TftpSession.resume(agreement, length, block, now);
    }
}
