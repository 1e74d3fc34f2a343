package org.pxemesh.agent.training;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.agent.host.Machine;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.mesh.PeerFacts.Power;

/** This machine, with its loopback for a network card. All else is asked for, so that it is trained too. */
record Loopback(Machine real, Inet4Address address) implements Machine {
    private static final int PREFIX = 8;

    static Loopback of(Machine real, String address) {
        return new Loopback(real, (Inet4Address) InetAddress.ofLiteral(address));
    }

    /** The interface's name, {@code lo} or the like. */
    static String name() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Loopback::isLoopback)
                    .map(NetworkInterface::getName)
                    .findFirst()
                    .orElse("lo");
        } catch (SocketException e) {
            return "lo";
        }
    }

    private static boolean isLoopback(NetworkInterface nic) {
        return nic.getInterfaceAddresses().stream()
                .map(InterfaceAddress::getAddress)
                .anyMatch(InetAddress::isLoopbackAddress);
    }

    @Override
    public List<NetworkPort> ports() {
        real.ports();
        return List.of(new NetworkPort(name(), address, PREFIX, "02:00:00:00:00:01", NetworkPort.Kind.WIRED, true));
    }

    @Override
    public List<String> interfaceNames() {
        return real.interfaceNames();
    }

    @Override
    public Optional<String> smbiosGuid() {
        return real.smbiosGuid();
    }

    @Override
    public String hostName() {
        return real.hostName();
    }

    @Override
    public Power power() {
        return real.power();
    }

    @Override
    public Map<String, String> labels() {
        return real.labels();
    }
}
