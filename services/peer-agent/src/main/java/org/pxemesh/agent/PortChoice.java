package org.pxemesh.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.policy.Cidr;

/**
 * Which of a machine's interfaces the agent uses. A peer joins a network once: two of its interfaces in one broadcast
 * domain would be two members with one id, and two answers to one client.
 *
 * @param used at most one per network
 * @param passedOver why others are not, a line each
 */
record PortChoice(List<NetworkPort> used, List<String> passedOver) {

    PortChoice {
        used = List.copyOf(used);
        passedOver = List.copyOf(passedOver);
    }

    /**
     * Chooses. What is in use stays so while its link is up; else another one of the same network takes its place.
     *
     * @param eligible the first one is preferred
     * @param inUse names of interfaces
     * @param tellsApart whether the host can tell on which interface a broadcast came in; if not, one network is all
     *     that can be served
     */
    static PortChoice of(List<NetworkPort> eligible, Set<String> inUse, boolean tellsApart) {
        Map<Object, List<NetworkPort>> networks = new LinkedHashMap<>();
        for (var port : eligible) {
            Object network = tellsApart ? Cidr.of(port.address(), port.prefixLength()) : "the one";
            networks.computeIfAbsent(network, any -> new ArrayList<>()).add(port);
        }
        List<NetworkPort> used = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        networks.forEach((network, ports) -> {
            var best = best(ports, inUse);
            used.add(best);
            ports.stream()
                    .filter(port -> port != best)
                    .map(port -> port.name() + " is not used: "
                            + (tellsApart
                                    ? "it is in the network " + network + " as " + best.name() + " is"
                                    : "the portable host serves one network, here that of " + best.name()
                                            + "; name another one first in pxemesh.interfaces, or set"
                                            + " pxemesh.host=linux on Linux"))
                    .forEach(passedOver::add);
        });
        return new PortChoice(used, passedOver);
    }

    private static NetworkPort best(List<NetworkPort> ports, Set<String> inUse) {
        var best = ports.getFirst();
        for (var port : ports) {
            if (score(port, inUse) > score(best, inUse)) {
                best = port;
            }
        }
        return best;
    }

    private static int score(NetworkPort port, Set<String> inUse) {
        return (port.up() ? 2 : 0) + (inUse.contains(port.name()) ? 1 : 0);
    }
}
