package org.pxemesh.zoo.firmware;

import java.util.List;

/**
 * What firmware makes of its offers.
 *
 * @param dhcp the offer that gives the address
 * @param servers offers to boot from, in the order in which they are tried
 */
public record Choice(Offer dhcp, List<Candidate> servers) {

    public Choice {
        servers = List.copyOf(servers);
    }

    /**
     * One way to a boot file.
     *
     * @param server whose file it is, or whom to ask for it
     * @param asks whether port 4011 is asked first
     */
    public record Candidate(Offer offer, int server, boolean asks) {}
}
