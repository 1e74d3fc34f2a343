package org.pxemesh.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.lab.LabException;

/**
 * The way over HTTP: iPXE over TFTP, then as iPXE the script, then all that the script names.
 *
 * @param machine that boots
 * @param manifest of its package
 * @param folder where the store that was served is kept
 */
public record WimbootReplay(ReplayMachine machine, JsonNode manifest, Path folder) {

    private static final Pattern FETCH = Pattern.compile(
            "^(?:kernel|initrd) --timeout \\d+ --name (\\S+) \\$\\{base}(/\\S+)(?: (\\S+))? \\|\\| goto \\$\\{next}$");

    private static final String BASE = "set base ";

    /**
     * Plays it.
     *
     * @param server and {@code program} as DHCP told them to the firmware
     * @param prompt whether the script is to ask a person first
     * @return the store's file
     */
    public Path play(String name, String server, String program, boolean prompt, ArrayNode rows) {
        ObjectNode row = rows.addObject().put("client", name).put("program", program);
        TraceStep get = new TraceStep("", "", "", "tsize=0,blksize=1456", "GET", TraceStep.Expect.DATA, "");
        require(name, program, machine.request(server, get, program, null));
        JsonNode offer = machine.discoverAsIpxe().path("offer");
        String address = offer.path("file").asText();
        if (!URI.create(address).getPath().endsWith("/boot.ipxe")) {
            throw new LabException(name + "'s iPXE was told '" + address + "' instead of a script");
        }
        String script =
                require(name, address, machine.http(address, null)).path("text").asText();
        row.put("script", script);
        if (!script.startsWith("#!ipxe\n") || script.contains("prompt --key") != prompt) {
            throw new LabException(name + "'s script is not one that asks=" + prompt + ": " + script);
        }
        Path store = folder.resolve(name + "-wimboot.bcd");
        List<String> fetched = new ArrayList<>();
        String base = firstSource(name, script);
        for (String line : script.lines().toList()) {
            Matcher fetch = FETCH.matcher(line);
            if (fetch.matches()) {
                String file = fetch.group(1);
                JsonNode told =
                        require(name, line, machine.http(base + fetch.group(2), file.equals("BCD") ? store : null));
                fetched.add(file + " " + told.path("bytes").asLong() + (isPackaged(told) ? "" : " made"));
            }
        }
        fetched.forEach(row.putArray("fetched")::add);
        List<String> names = fetched.stream().map(text -> text.split(" ")[0]).toList();
        if (!names.containsAll(List.of("wimboot", "BCD", "boot.sdi", "boot.wim"))
                || fetched.stream().filter(text -> text.endsWith(" made")).count() != 1) {
            throw new LabException(name + " did not fetch wimboot, store, partition and image: " + fetched);
        }
        return store;
    }

    private static JsonNode require(String name, String what, JsonNode told) {
        if (!told.path("outcome").asText().equals("DATA")) {
            throw new LabException(name + " did not get " + what + ": " + told);
        }
        return told;
    }

    /** All peers that the script names have the files; the first is asked. */
    private static String firstSource(String name, String script) {
        return script.lines()
                .filter(line -> line.startsWith(BASE))
                .map(line -> line.substring(BASE.length()))
                .findFirst()
                .orElseThrow(() -> new LabException(name + "'s script names no peer to fetch from: " + script));
    }

    private boolean isPackaged(JsonNode told) {
        for (JsonNode file : manifest.path("files")) {
            if (file.path("sha256").asText().equals(told.path("sha256").asText())) {
                return true;
            }
        }
        return false;
    }
}
