package org.pxemesh.lab.networks;

import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/** The networks of the office, each a broadcast domain: 10.N.{@code third}.0/24. */
enum Net {
    /** The site's own, whose DHCP server knows nothing of PXE. */
    OFFICE(1, "br0"),
    /** A second cable. */
    HALL(3, "br3"),
    /** VLAN 20, tagged on the office's cables; cables of its own where the kernel has no 802.1Q. */
    VOICE(4, "br4"),
    /** Whose DHCP server runs on a peer's own machine. */
    SHOP(5, "br5"),
    /** Without any peer: a relay speaks for its machines. */
    FAR(6, "br6");

    static final String VLAN = "20";

    /** The machine that is examined. */
    static final int ZOO = 241;

    private final int third;
    private final String bridge;

    Net(int third, String bridge) {
        this.third = third;
        this.bridge = bridge;
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String address(Site site, int last) {
        return "10." + site.subnets().second() + "." + third + "." + last;
    }

    String cidr(Site site) {
        return address(site, 0) + "/24";
    }

    /** Makes the switch, where the site has none. */
    void lay(Site site) {
        if (!bridge.equals("br0")) {
            site.lan().addSwitch(bridge);
        }
    }

    /**
     * Lays a cable from the switch to a host, which has an address there then. A VLAN is another layer of that interface.
     *
     * @return the name of the interface with the address
     */
    String plug(Site site, Namespace host, String nic, int last) {
        String used = this == VOICE ? nic + "." + VLAN : nic;
        if (this != VOICE || !isTagged(host, nic, used)) {
            site.cable(host, used, bridge, "n" + third + "-" + last);
        }
        host.ip("link", "set", used, "up");
        host.ip("address", "add", address(site, last) + "/24", "dev", used);
        return used;
    }

    private static boolean isTagged(Namespace host, String nic, String name) {
        return Shell.attempt(
                        "ip", "-n", host.name(), "link", "add", "link", nic, "name", name, "type", "vlan", "id", VLAN)
                .ok();
    }

    /** A bare machine's place; the zoo stands in for the machine. */
    Namespace zoo(Site site) {
        Namespace host = site.host("zoo-" + label());
        if (this == VOICE) {
            site.cable(host, "eth0", OFFICE.bridge, "n4-trunk");
            host.ip("link", "set", "eth0", "up");
        }
        String nic = plug(site, host, "eth0", ZOO);
        host.ip("route", "add", "255.255.255.255", "dev", nic);
        return host;
    }

    /** How the VLAN came to a host, for the report. */
    static String vlan(Namespace host) {
        return host.ip("-d", "link", "show", "eth0." + VLAN).contains("802.1Q")
                ? "tagged (802.1Q)"
                : "a cable of its own: this machine's kernel has no 802.1Q";
    }

    /** The interface of {@link #zoo}. */
    String zooNic() {
        return this == VOICE ? "eth0." + VLAN : "eth0";
    }
}
