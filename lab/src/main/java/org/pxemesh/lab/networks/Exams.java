package org.pxemesh.lab.networks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.conformance.Examiner;
import org.pxemesh.lab.firmware.wire.Frame;
import org.pxemesh.lab.firmware.wire.Wiretap;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;
import org.pxemesh.zoo.wire.DhcpMessage;

/** Boots the zoo in several networks at once, and looks at every cable for what does not belong there. */
final class Exams {
    private static final List<String> MODELS = List.of("intel-bios", "edk2", "ipxe-efi", "edk2-http");

    /** They name no boot server in a DHCP server's option 60, and HTTP Boot knows no port 4011. */
    private static final List<String> BESIDE_DHCP = List.of("intel-bios", "edk2", "ipxe-efi");

    private final Site site;
    private final Map<Net, Namespace> zoos = new EnumMap<>(Net.class);

    Exams(Site site) {
        this.site = site;
        for (Net net : Net.values()) {
            zoos.put(net, net.zoo(site));
        }
        RelayHost.routeFrom(site, zoo(Net.FAR));
    }

    private Namespace zoo(Net net) {
        return Objects.requireNonNull(zoos.get(net));
    }

    /** The hardware addresses of an exam's machines, for a DHCP server's list. */
    static String macs(int machine) {
        return IntStream.range(machine, machine + MODELS.size())
                .mapToObj(n -> "52:54:00:7a:%02x:%02x".formatted(n >> 8, n & 255))
                .collect(Collectors.joining(","));
    }

    /** All at once; each result has its {@code faults}. */
    List<ObjectNode> all(Exam... exams) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ObjectNode>> tasks = new ArrayList<>();
            for (Exam exam : exams) {
                tasks.add(() -> one(exam));
            }
            List<ObjectNode> results = new ArrayList<>();
            for (var result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new LabException("an examination broke off: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    private ObjectNode one(Exam exam) {
        Namespace zoo = zoo(exam.net());
        String name = "wire-" + exam.net().label() + "-" + exam.machine();
        Wiretap wire = Wiretap.start(site, zoo, exam.net().zooNic(), name);
        Optional<Wiretap> relay = exam.net() == Net.FAR
                ? Optional.of(Wiretap.start(site, RelayHost.namespace(site), "up0", name + "-up"))
                : Optional.empty();
        List<String> options = new ArrayList<>(List.of(
                "--from",
                exam.net().address(site, Net.ZOO),
                "--machine",
                Integer.toString(exam.machine()),
                "--models",
                String.join(",", exam.net() == Net.SHOP ? BESIDE_DHCP : MODELS),
                "--no-drills"));
        if (exam.leased()) {
            options.add("--leased");
        }
        JsonNode report = Examiner.examine(site, zoo, exam.server(), options);
        wire.stop();
        ObjectNode result = Api.json()
                .createObjectNode()
                .put("network", exam.net().label())
                .put("server", exam.server())
                .put("peer", exam.about());
        ArrayNode faults = result.putArray("faults");
        failed(report).forEach(faults::add);
        Strays.of(wire.frames(), servers(exam)).forEach(stray -> faults.add("a stray reply " + stray));
        relay.ifPresent(tap -> {
            tap.stop();
            int relayed = relayed(tap.frames(), exam, faults);
            result.put("relayedReplies", relayed);
        });
        return counted(result, report);
    }

    private static ObjectNode counted(ObjectNode result, JsonNode report) {
        int passed = 0;
        for (JsonNode model : report.path("models")) {
            passed += model.path("passed").asInt();
        }
        if (passed == 0) {
            result.withArray("faults").add("nothing was examined");
        }
        return result.put("passed", passed);
    }

    private static List<String> failed(JsonNode report) {
        List<String> failed = new ArrayList<>();
        report.path("models")
                .properties()
                .forEach(model -> model.getValue().path("checks").forEach(check -> {
                    if (check.path("verdict").asText().equals("failed")) {
                        failed.add(model.getKey() + " " + check);
                    }
                }));
        return failed;
    }

    /** Whose answers belong on an exam's cable: the peer's, the zoo's own DHCP server's, and the network's. */
    private Set<String> servers(Exam exam) {
        return switch (exam.net()) {
            case OFFICE -> Set.of(exam.server(), site.subnets().dhcpServer());
            case HALL, VOICE, SHOP -> Set.of(exam.server());
            // The relay passes on what they say; the machine then speaks to the peer itself.
            case FAR -> Set.of(exam.server(), RelayHost.dhcpServer(site), RelayHost.near(site));
        };
    }

    /** The peer's replies to the relay: to its address and port 67, with the options that it added. */
    private int relayed(List<Frame> frames, Exam exam, ArrayNode faults) {
        int replies = 0;
        for (Frame frame : frames) {
            Optional<DhcpMessage> reply = Strays.reply(frame)
                    // The hall's own machines boot on this cable too.
                    .filter(r -> frame.from().equals(exam.server()) && (r.chaddr()[4] & 255) == exam.machine() >> 8);
            if (reply.isPresent() && frame.fromPort() == 67) {
                replies++;
                if (!frame.to().equals(RelayHost.near(site))
                        || frame.toPort() != 67
                        || !reply.get().has(82)) {
                    faults.add("not as a relay expects it: " + frame.to() + ":" + frame.toPort() + ", option 82 "
                            + reply.get().has(82));
                }
            }
        }
        if (replies == 0) {
            faults.add("the peer sent nothing to the relay");
        }
        return replies;
    }
}
