package org.pxemesh.agent.tftp;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.netboot.tftp.TransferTable;

/**
 * Where transfers run: one port for all, some ports in turns (as RFC 1350 means it, within what a packet filter lets
 * through), or the very port where requests come in.
 *
 * @param requests where requests come in
 * @param first of the transfers' ports
 * @param last of them, at most {@value #MOST} of them in all
 */
public record TftpPorts(int requests, int first, int last) {

    /** Where requests come in. */
    public static final int REQUESTS = 69;

    static final int MOST = 64;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    public TftpPorts {
        if (first > last || last - first >= MOST || last > 65535) {
            throw new StartProblem("pxemesh.tftp.ports=" + first + "-" + last + ": ports from low to high, at most "
                    + MOST + " of them, for example 7468 or 7468-7499");
        }
    }

    /**
     * As in {@code pxemesh.tftp.ports}.
     *
     * @throws StartProblem that says how it is written
     */
    public static TftpPorts parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new StartProblem("pxemesh.tftp.ports=" + text + " is neither a port nor a range: for example 7468,"
                    + " 7468-7499, or 69 for a single port");
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        if (first < 1 || first <= REQUESTS && last >= REQUESTS && first != last) {
            throw new StartProblem("pxemesh.tftp.ports=" + text + ": a range is of ports above " + REQUESTS
                    + ", where requests come in");
        }
        return new TftpPorts(REQUESTS, first, last);
    }

    /** Whether transfers answer from the port of requests. */
    boolean single() {
        return first == requests && first != 0;
    }

    /** The sockets: number 0 for requests, the others for transfers. */
    List<SocketSpec> sockets(NetworkInterface device, Inet4Address address) {
        List<SocketSpec> sockets = new ArrayList<>();
        sockets.add(SocketSpec.unicast("TFTP", device, address, requests));
        for (int port = first; port <= last && !single(); port++) {
            sockets.add(SocketSpec.unicast("TFTP transfers", device, address, port));
        }
        return sockets;
    }

    /** The number of the socket over which a client's transfer runs. */
    int socketFor(long client) {
        int spread = TransferTable.address(client) * 31 + TransferTable.port(client);
        return single() ? 0 : 1 + Math.floorMod(spread, last - first + 1);
    }
}
