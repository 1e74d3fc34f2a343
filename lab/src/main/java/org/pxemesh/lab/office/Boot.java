package org.pxemesh.lab.office;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.hq.Api;

/**
 * A boot that reached its operating system.
 *
 * @param began in seconds of the run
 * @param events all that HQ heard of it
 */
public record Boot(String client, String mac, Agent responder, double began, List<Timeline.Entry> events) {

    /** From switching on to the check-in, in seconds. */
    public double seconds() {
        return events.stream()
                .filter(e -> e.type().equals("BootCompleted"))
                .mapToDouble(e -> rounded(e.second() - began))
                .findFirst()
                .orElseThrow();
    }

    /** As the demo and the scenarios show it. */
    public ObjectNode json() {
        ObjectNode json = Api.json().createObjectNode();
        json.put("client", client).put("mac", mac);
        json.put("responder", responder.address()).put("peer", responder.name());
        json.put("seconds", seconds());
        ArrayNode stages = json.putArray("stages");
        for (Timeline.Entry event : events) {
            ObjectNode stage = stages.addObject();
            stage.put("stage", event.type()).put("second", rounded(event.second() - began));
            if (event.data().has("path")) {
                stage.set("path", event.data().path("path"));
                stage.set("bytes", event.data().path("bytes"));
                stage.set("seconds", event.data().path("seconds"));
            }
        }
        return json;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
