package org.pxemesh.netboot.watch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.OptionCode;

/**
 * What came back when one PXE client was played in a segment.
 *
 * @param offers all of them, in their order
 * @param peers addresses of the mesh's members, as far as they are known
 * @param answered peers that said on the mesh that they answered; empty where nobody listened to the mesh
 * @param asClient whether a client was played in full, by broadcasts at port 68 and with an ear for the mesh: only then
 *     what did not come means something
 * @param bootServers whose port 4011 was asked, and whether it answered
 */
public record Survey(
        List<Seen> offers,
        Set<Ipv4Address> peers,
        Set<Ipv4Address> answered,
        boolean asClient,
        Map<Ipv4Address, Boolean> bootServers) {

    /**
     * An offer.
     *
     * @param source address that it came from
     */
    public record Seen(Ipv4Address source, DhcpPacket packet) {

        /** Who it says to be; else where it came from. */
        public Ipv4Address server() {
            return packet.options().address(OptionCode.SERVER_ID).orElse(source);
        }

        boolean givesAddress() {
            return !packet.yiaddr().isNone();
        }

        boolean claimsPxe() {
            return text(OptionCode.VENDOR_CLASS).startsWith("PXEClient");
        }

        /** The sub-options of option 43, where PXE put any. */
        Optional<PxeMenu> menu() {
            return packet.options().raw(OptionCode.VENDOR_SPECIFIC).flatMap(PxeMenu::read);
        }

        /** Whether whoever believes this offer asks port 4011 next. */
        public boolean sendsToPort4011() {
            return claimsPxe() && menu().map(menu -> !menu.bypassesDiscovery()).orElse(true);
        }

        String text(OptionCode code) {
            return packet.options().text(code).orElse("");
        }
    }

    public Survey {
        offers = List.copyOf(offers);
        peers = Set.copyOf(peers);
        answered = Set.copyOf(answered);
        bootServers = Map.copyOf(bootServers);
    }

    boolean isOurs(Seen seen) {
        return peers.contains(seen.source()) || answered.contains(seen.source()) || answered.contains(seen.server());
    }

    /** Servers that are not ours and send clients to port 4011: who should be asked there. */
    public List<Ipv4Address> toAsk() {
        return offers.stream()
                .filter(seen -> !isOurs(seen) && seen.sendsToPort4011())
                .map(Seen::server)
                .distinct()
                .toList();
    }
}
