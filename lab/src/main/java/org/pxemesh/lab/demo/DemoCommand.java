package org.pxemesh.lab.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.office.Boot;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Run;
import org.pxemesh.lab.site.DhcpServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./mesh demo}: an office whose machines boot their neighbours. Each client's responder is killed once the client is
 * up, so that the next client must be answered by another peer.
 */
@Command(name = "demo", description = "Boot bare machines, real firmware and all, from elected peers.")
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--clients", split = ",", defaultValue = "bios,uefi", description = "bios and uefi, in this order")
    List<String> clients = List.of();

    @Option(names = "--peers", defaultValue = "3", description = "how many peers the office has, 2 to 20")
    int peers;

    @Option(names = "--host", defaultValue = "auto", description = "the agents' host code: auto, linux or portable")
    String host = "auto";

    @Option(names = "--keep", description = "leave everything running until Ctrl-C")
    boolean keep;

    @Option(names = "--yes", description = "install what is missing without asking")
    boolean yes;

    @Override
    public Integer call() throws InterruptedException {
        List<Firmware> firmware = clients.stream().map(Firmware::named).toList();
        if (peers < 2 || peers > 20 || peers < firmware.size()) {
            throw new LabException("--peers " + peers + " is not between 2 and 20 and above the number of responders"
                    + " that get killed");
        }
        boolean[] shown = {false};
        ObjectNode result = Run.play("demo", new Office.Plan(peers, DhcpServer.DNSMASQ, host), (office, json) -> {
            json.putArray("boots");
            json.put("console", office.hq().console().toString());
            bootAll(office, firmware, json);
            if (keep) {
                json.put("ok", true);
                System.out.println(json);
                shown[0] = true;
                office.timeline()
                        .say("Everything is left running; the console is "
                                + office.hq().console() + ". Ctrl-C ends it.");
                new CountDownLatch(1).await();
            }
        });
        if (!shown[0]) {
            System.out.println(result);
        }
        return result.path("ok").asBoolean() ? 0 : 1;
    }

    private static void bootAll(Office office, List<Firmware> firmware, ObjectNode json) {
        office.enable();
        for (int n = 0; n < firmware.size(); n++) {
            String name = firmware.get(n).name().toLowerCase(Locale.ROOT);
            Boot boot = office.boot(name, firmware.get(n), "virtio-net-pci", Office.mac(n + 1));
            json.withArray("boots").add(boot.json());
            if (n + 1 < firmware.size()) {
                office.timeline()
                        .say("The responder of the last boot is "
                                + boot.responder().name());
                office.kill(boot.responder());
            }
        }
    }
}
