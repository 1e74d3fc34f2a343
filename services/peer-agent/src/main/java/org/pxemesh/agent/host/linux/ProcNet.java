package org.pxemesh.agent.host.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/** What the kernel tells under /proc about sockets and neighbours. */
final class ProcNet {

    private final Path proc;

    ProcNet(Path proc) {
        this.proc = proc;
    }

    /** The process that has a UDP socket on the port: {@code dnsmasq (pid 4711)}. */
    Optional<String> holderOfUdpPort(int port) {
        Set<String> sockets = new HashSet<>();
        // Many programs serve IPv4 on an IPv6 socket.
        for (String table : List.of("net/udp", "net/udp6")) {
            for (String line : lines(proc.resolve(table))) {
                String[] fields = line.strip().split("\\s+");
                // sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode
                if (fields.length > 9 && fields[1].endsWith(":%04X".formatted(port))) {
                    sockets.add("socket:[" + fields[9] + "]");
                }
            }
        }
        return sockets.isEmpty() ? Optional.empty() : processWithOneOf(sockets);
    }

    private Optional<String> processWithOneOf(Set<String> sockets) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    String name =
                            lines(process.resolve("comm")).stream().findFirst().orElse("a process");
                    return Optional.of(name + " (pid " + process.getFileName() + ")");
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // it ended meanwhile, or belongs to another user
        }
        return false;
    }

    /** The hardware address in the ARP table; empty for incomplete entries. */
    Optional<HardwareAddress> neighbour(String address) {
        for (String line : lines(proc.resolve("net/arp"))) {
            String[] fields = line.strip().split("\\s+");
            // IP address, HW type, Flags, HW address, Mask, Device
            if (fields.length > 3 && fields[0].equals(address) && !fields[2].equals("0x0")) {
                return Optional.of(HardwareAddress.parse(fields[3]));
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
