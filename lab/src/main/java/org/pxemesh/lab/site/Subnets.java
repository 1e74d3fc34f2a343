package org.pxemesh.lab.site;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import org.pxemesh.lab.LabException;

/**
 * The lab's addresses: 10.N.0.0/30 is the link that plays the WAN, 10.N.1.0/24 the site.
 *
 * @param second the N, 64 to 127
 */
public record Subnets(int second) {

    /** The first block that no interface of this machine uses, so that nothing of the machine's own is cut off. */
    public static Subnets free() {
        return freeFrom(98);
    }

    /** The first free block from a number on: sites that one HQ knows must differ, also those that are gone again. */
    public static Subnets freeFrom(int first) {
        try {
            List<String> used = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(nic -> Collections.list(nic.getInetAddresses()).stream())
                    .map(InetAddress::getHostAddress)
                    .toList();
            String routes = org.pxemesh.lab.run.Shell.run("ip", "route", "show", "table", "all");
            for (int n = first; n < 128; n++) {
                String prefix = "10." + n + ".";
                if (used.stream().noneMatch(a -> a.startsWith(prefix))
                        && !routes.contains(" " + prefix)
                        && routes.lines().noneMatch(line -> line.startsWith(prefix))) {
                    return new Subnets(n);
                }
            }
        } catch (SocketException e) {
            throw new LabException("the machine's interfaces cannot be listed: " + e.getMessage(), e);
        }
        throw new LabException(
                "10." + first + ".0.0/16 to 10.127.0.0/16 are all in use on this machine: free one of them");
    }

    public String hq() {
        return address(0, 1);
    }

    public String routerWan() {
        return address(0, 2);
    }

    public String routerLan() {
        return address(1, 1);
    }

    public String dhcpServer() {
        return address(1, 2);
    }

    public String leasesFrom() {
        return address(1, 50);
    }

    public String leasesTo() {
        return address(1, 200);
    }

    /** The site's network as CIDR. */
    public String site() {
        return address(1, 0) + "/24";
    }

    /** An address of the site that no lease has, for probes. */
    public String fixed(int last) {
        return address(1, last);
    }

    private String address(int third, int last) {
        return "10." + second + "." + third + "." + last;
    }
}
