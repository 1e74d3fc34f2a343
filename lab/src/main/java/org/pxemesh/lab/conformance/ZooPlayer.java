package org.pxemesh.lab.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.zoo.ZooEffect;
import org.pxemesh.zoo.firmware.BootClient;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Phase;
import org.pxemesh.zoo.firmware.StubbornRule.Takes;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;

/**
 * Machines of firmware that sees one reply form only, over real sockets. A program of its own, since it has to run inside
 * of a namespace: {@code ZooPlayer SELF SERVER}; for every line on its input, {@code FORM NUMBER ARCHITECTURE}, it switches
 * a machine on and prints what became of it as one line of JSON.
 */
public final class ZooPlayer {
    /** A proxy's offer has three seconds for an effect; it may be half a second late on a busy machine. */
    private static final int ASKS_EVERY_MILLIS = 3_600;

    private static final long BOOT_MILLIS = 60_000;
    private static final ServicePorts PORTS = new ServicePorts(67, 68, ServicePorts.BOOT_SERVER, 69);

    private ZooPlayer() {}

    public static void main(String[] args) throws IOException {
        try (Rig rig = new Rig(Endpoint.address(args[0]), Endpoint.address(args[1]), PORTS)) {
            System.out.println("ready");
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line;
            while ((line = input.readLine()) != null) {
                String[] words = line.split(" ");
                System.out.println(boot(
                        rig,
                        Takes.valueOf(words[0].toUpperCase(Locale.ROOT)),
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2])));
            }
        }
    }

    private static ObjectNode boot(Rig rig, Takes takes, int number, int architecture) throws IOException {
        Firmware firmware = Firmware.EDK2.claiming(architecture).taking(takes).asking(ASKS_EVERY_MILLIS);
        long began = System.nanoTime();
        Rig.Run run = rig.play(BootClient.off(firmware, firmware.machine(number), PORTS), BOOT_MILLIS);
        ObjectNode told = Api.json().createObjectNode();
        told.put("takes", takes.name().toLowerCase(Locale.ROOT));
        told.put("seconds", Math.round((System.nanoTime() - began) / 1e8) / 10.0);
        Phase phase = ((BootClient) run.program()).phase();
        boolean ended = phase instanceof Phase.Ended;
        told.put("outcome", phase instanceof Phase.Ended end ? end.how().name() : "STILL_AT_IT");
        told.put("detail", ended ? ((Phase.Ended) phase).detail() : "");
        ArrayNode forms = told.putArray("forms");
        run.saw().stream()
                .filter(saw -> saw.question() == ZooEffect.Question.DISCOVER)
                .flatMap(saw -> DhcpMessage.read(saw.reply().payload()).stream())
                .filter(message -> message.yiaddr() == 0)
                .forEach(message -> forms.add(form(message)));
        return told;
    }

    /** As a client tells them apart. */
    private static String form(DhcpMessage offer) {
        Map<Integer, byte[]> vendor = offer.inside(43);
        if (vendor.containsKey(9)) {
            return "menu";
        }
        return vendor.containsKey(6) ? "pxe10" : "binl";
    }
}
