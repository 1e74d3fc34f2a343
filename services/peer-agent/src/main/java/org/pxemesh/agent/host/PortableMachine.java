package org.pxemesh.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pxemesh.mesh.PeerFacts.Power;

/** What Java alone can tell, on any operating system: kinds of interfaces are guessed by their names. */
class PortableMachine implements Machine {
    private static final Pattern VIRTUAL_NAME = Pattern.compile(
            "(docker|br-|virbr|lxc|lxd|veth|cni|flannel|cali|tun|tap|wg|tailscale|zt|vmnet|vboxnet|vnet|ppp|utun|ham).*");
    private static final Pattern WIFI_NAME = Pattern.compile("(wl|wifi|wlan|ath|ra\\d).*");

    @Override
    public List<NetworkPort> ports() {
        try {
            List<NetworkPort> ports = new ArrayList<>();
            for (var nic : NetworkInterface.networkInterfaces().toList()) {
                if (!nic.isLoopback()) {
                    ipv4(nic).map(address -> port(nic, address)).ifPresent(ports::add);
                }
            }
            return List.copyOf(ports);
        } catch (SocketException e) {
            return List.of();
        }
    }

    @Override
    public List<String> interfaceNames() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .sorted()
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private NetworkPort port(NetworkInterface nic, InterfaceAddress address) {
        return new NetworkPort(
                nic.getName(),
                (Inet4Address) address.getAddress(),
                address.getNetworkPrefixLength(),
                mac(nic),
                kind(nic),
                isUp(nic));
    }

    /** What kind of interface it is. */
    NetworkPort.Kind kind(NetworkInterface nic) {
        var name = nic.getName().toLowerCase(Locale.ROOT);
        if (nic.isVirtual() || VIRTUAL_NAME.matcher(name).matches() || mac(nic).isEmpty()) {
            return NetworkPort.Kind.VIRTUAL;
        }
        return WIFI_NAME.matcher(name).matches() ? NetworkPort.Kind.WIFI : NetworkPort.Kind.WIRED;
    }

    /** Whether it is enabled and has a carrier. */
    boolean isUp(NetworkInterface nic) {
        try {
            return nic.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static Optional<InterfaceAddress> ipv4(NetworkInterface nic) {
        return nic.getInterfaceAddresses().stream()
                .filter(address -> address.getAddress() instanceof Inet4Address)
                .findFirst();
    }

    private static String mac(NetworkInterface nic) {
        try {
            var bytes = nic.getHardwareAddress();
            return bytes == null ? "" : HexFormat.ofDelimiter(":").formatHex(bytes);
        } catch (SocketException e) {
            return "";
        }
    }

    @Override
    public Optional<String> smbiosGuid() {
        return Optional.empty();
    }

    @Override
    public String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    public Power power() {
        return Power.MAINS;
    }

    @Override
    public Map<String, String> labels() {
        return Map.of(
                "os", System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT),
                "arch", System.getProperty("os.arch", "unknown"));
    }

    static Optional<String> firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip).filter(line -> !line.isEmpty());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
