package org.pxemesh.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/** A {@link BootClient} in a socket of a site's switch, with a hardware address of its own. */
public final class ReplayMachine implements AutoCloseable {

    private static final Pattern ESCAPE = Pattern.compile("%([0-9a-f]{2})");

    private final Namespace host;
    private final Site site;
    private final String fixed;
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private ReplayMachine(Namespace host, Site site, String fixed, Process process) {
        this.host = host;
        this.site = site;
        this.fixed = fixed;
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Plugs it in and waits until it is ready to send.
     *
     * @param architecture DHCP's option 93: 0 BIOS, 7 x64 UEFI, 11 ARM64 UEFI, 16 x64 UEFI that boots over HTTP
     * @param place last octet of the address from which it discovers; no lease has it
     */
    public static ReplayMachine plugIn(Site site, String name, String mac, int architecture, int place) {
        Namespace host = site.plug(name, "eth0");
        host.ip("link", "set", "eth0", "address", mac);
        String fixed = site.subnets().fixed(place) + "/24";
        host.ip("address", "add", fixed, "dev", "eth0");
        host.ip("route", "add", "255.255.255.255", "dev", "eth0");
        try {
            Process process = new ProcessBuilder(host.exec(List.of(
                            Tree.java(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Djava.net.preferIPv4Stack=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            BootClient.class.getName(),
                            mac,
                            Integer.toString(architecture))))
                    .redirectError(site.folder().resolve(name + ".log").toFile())
                    .start();
            site.traces().process(process);
            ReplayMachine machine = new ReplayMachine(host, site, fixed, process);
            machine.read();
            return machine;
        } catch (IOException e) {
            throw new LabException("the client " + name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** DISCOVER and REQUEST; from then on the machine has the address that it was leased. */
    public JsonNode discover() {
        JsonNode told = ask("discover");
        host.ip("address", "delete", fixed, "dev", "eth0"); // first: it takes its network's other addresses along
        host.ip("address", "add", told.path("address").asText() + "/24", "dev", "eth0");
        host.ip("route", "replace", "255.255.255.255", "dev", "eth0");
        host.ip("route", "replace", "default", "via", site.subnets().routerLan());
        return told;
    }

    /** Another DISCOVER of a machine that keeps its address. */
    public JsonNode discoverAgain() {
        return ask("discover");
    }

    /** The DISCOVER of an iPXE that the firmware has loaded. */
    public JsonNode discoverAsIpxe() {
        return ask("discover", "ipxe");
    }

    /** BINL's second question, at port 4011. */
    public JsonNode bootServer(String server) {
        return ask("bootserver", server);
    }

    /**
     * One request of a trace.
     *
     * @param name with {@code %xx} for single octets
     * @param saveTo where the content goes, or null
     */
    public JsonNode request(String server, TraceStep step, String name, @Nullable Path saveTo) {
        if (name.startsWith("http://")) {
            return step.action().equals("HEAD") ? ask("head", name) : http(name, saveTo);
        }
        if (step.action().equals("HTTP")) {
            return http("http://" + server + ":8069/files" + name, saveTo);
        }
        String octets =
                ESCAPE.matcher(name).replaceAll(hex -> String.valueOf((char) Integer.parseInt(hex.group(1), 16)));
        return ask("tftp", server, step.action(), step.options(), octets, saveTo == null ? "" : saveTo.toString());
    }

    /** Its Windows PE has started, and its DHCP client asks for the address that it has. */
    public JsonNode windowsStarts(String name, String dhcpServer) {
        return ask("windows", name, dhcpServer);
    }

    /** A file or script over HTTP. */
    public JsonNode http(String url, @Nullable Path saveTo) {
        return ask("http", url, saveTo == null ? "" : saveTo.toString());
    }

    private JsonNode ask(String... words) {
        try {
            input.write(String.join("\t", words));
            input.write('\n');
            input.flush();
            JsonNode told = read();
            if (told.has("error")) {
                throw new LabException("'" + String.join(" ", words) + "': "
                        + told.path("error").asText());
            }
            return told;
        } catch (IOException e) {
            throw new LabException("the client is gone: " + e.getMessage(), e);
        }
    }

    private JsonNode read() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new LabException("the client on " + host.name() + " ended; see its log");
        }
        return Api.json().readTree(line);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
