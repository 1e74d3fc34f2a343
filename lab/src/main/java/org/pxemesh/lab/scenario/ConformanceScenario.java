package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.conformance.Examiner;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.reference.BootWeb;
import org.pxemesh.lab.reference.Dnsmasq;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Namespace;

/** The firmware zoo against a real agent, where every check must pass, and against dnsmasq, for comparison. */
final class ConformanceScenario implements Scenario {

    @Override
    public String name() {
        return "conformance";
    }

    @Override
    public String about() {
        return "./mesh conformance against an agent (all checks) and against dnsmasq as proxy (the table)";
    }

    @Override
    public Office.Plan office() {
        return new Office.Plan(1, DhcpServer.DNSMASQ, "auto");
    }

    @Override
    public void play(Office office, ObjectNode figures) {
        office.enable();
        Namespace zoo = zoo(office);
        JsonNode ours = examineAgent(office, zoo);
        figures.set("agent", ours);
        figures.set("dnsmasq", dnsmasq(office, zoo));
        if (!ours.path("ok").asBoolean()) {
            throw new LabException("the agent failed checks of the firmware zoo; see target/conformance");
        }
    }

    /** The examining host. */
    static Namespace zoo(Office office) {
        Namespace zoo = office.site().plug("zoo", "eth0");
        zoo.ip("address", "add", office.site().subnets().fixed(241) + "/24", "dev", "eth0");
        zoo.ip("route", "add", "255.255.255.255", "dev", "eth0");
        return zoo;
    }

    /** All checks against the office's first agent. */
    static JsonNode examineAgent(Office office, Namespace zoo) {
        Agent agent = office.agents().getFirst();
        office.timeline().say("The zoo examines the agent on " + agent.name());
        return Examiner.examine(office.site(), zoo, agent.address(), List.of());
    }

    private static JsonNode dnsmasq(Office office, Namespace zoo) {
        Dnsmasq reference = new Dnsmasq(office.site());
        try {
            reference.prepare();
            try (BootWeb web = BootWeb.start(office.site().subnets().hq(), reference.root())) {
                reference.start(web);
                office.timeline().say("The zoo examines dnsmasq");
                return Examiner.examine(
                        office.site(),
                        zoo,
                        reference.address(),
                        List.of("--file", "debian-installer/amd64/bootnetx64.efi"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("dnsmasq's tree cannot be made", e);
        }
    }
}
