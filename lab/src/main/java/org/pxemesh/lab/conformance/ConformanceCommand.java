package org.pxemesh.lab.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mesh conformance HOST}: exit 0 only when no check failed. */
@Command(
        name = "conformance",
        description = "The firmware zoo against a proxyDHCP and TFTP server of this segment; needs root for port 68.")
public final class ConformanceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "HOST", description = "the server's IPv4 address")
    String host = "";

    @Option(names = "--from", paramLabel = "ADDRESS", description = "this host's address; default by the route to HOST")
    @Nullable
    String from;

    @Option(names = "--dhcp-port", defaultValue = "67")
    int dhcpPort;

    @Option(names = "--client-port", defaultValue = "68")
    int clientPort;

    @Option(names = "--boot-server-port", defaultValue = "4011")
    int bootServerPort;

    @Option(names = "--tftp-port", defaultValue = "69")
    int tftpPort;

    @Option(
            names = "--machine",
            paramLabel = "N",
            description = "number of the first machine: its MAC is 52:54:00:7a and N; default random")
    @Nullable
    Integer machine;

    @Option(names = "--models", split = ",", paramLabel = "NAME", description = "only these; default all")
    List<String> models = List.of();

    @Option(names = "--file", description = "the file of the TFTP drills; default the first boot program that came")
    @Nullable
    String file;

    @Option(
            names = "--drills",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "whether TFTP is drilled too; default yes")
    boolean drills;

    @Option(
            names = "--leased",
            description =
                    "this network's own DHCP server gives each machine this host's address (needs an entry there);"
                            + " without it, one is played that nobody else hears")
    boolean leased;

    @Option(names = "--json", description = "JSON instead of the table")
    boolean json;

    @Override
    public Integer call() throws IOException {
        int server = Endpoint.address(host);
        int self = Endpoint.address(from == null ? addressTowards(host) : from);
        ServicePorts ports = new ServicePorts(dhcpPort, clientPort, bootServerPort, tftpPort);
        int first = machine == null ? ThreadLocalRandom.current().nextInt(1, 60_000) : machine;
        Map<String, List<Finding>> results;
        try (Rig rig = new Rig(self, server, ports, leased)) {
            results = new Examination(rig, server, ports, first, model -> System.err.println("  " + model))
                    .examine(chosen(), drills, file);
        }
        ObjectNode report = ConformanceReport.json(host, results);
        Path written = Tree.root().resolve("target/conformance/" + host + ".json");
        Files.createDirectories(written.getParent());
        Files.writeString(written, report.toPrettyString() + "\n");
        System.out.println(json ? report : ConformanceReport.table(results));
        return ConformanceReport.passed(results) ? 0 : 1;
    }

    private List<Firmware> chosen() {
        List<String> known = Firmware.ALL.stream().map(Firmware::name).toList();
        for (String name : models) {
            if (!known.contains(name)) {
                throw new LabException("no model '" + name + "'; known are " + known);
            }
        }
        return Firmware.ALL.stream()
                .filter(f -> models.isEmpty() || models.contains(f.name()))
                .toList();
    }

    private static String addressTowards(String host) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), 9));
            return socket.getLocalAddress().getHostAddress();
        }
    }
}
