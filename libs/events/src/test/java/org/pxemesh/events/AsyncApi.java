package org.pxemesh.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The topics as an AsyncAPI 3.0 document, for readers and tools outside of Java. */
final class AsyncApi {
    private AsyncApi() {}

    static String of(List<Topic> topics) throws JsonProcessingException {
        ObjectMapper mapper = EventCodec.newMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode().put("asyncapi", "3.0.0");
        root.putObject("info")
                .put("title", "PXE Mesh events")
                .put("version", "1")
                .put("description", "CloudEvents 1.0 in Kafka's binary content mode; data is JSON.");
        ObjectNode channels = root.putObject("channels");
        ObjectNode messages = root.putObject("components").putObject("messages");
        for (Topic topic : topics) {
            ObjectNode channel = channels.putObject(topic.name()).put("address", topic.name());
            channel.put(
                    "description",
                    "key: " + topic.key() + "; "
                            + (topic.retention() == null
                                    ? "compacted"
                                    : "kept " + topic.retention().toDays() + " days")
                            + (topic.bySite() ? "; partition by site" : ""));
            ObjectNode refs = channel.putObject("messages");
            topic.events().stream().map(EventType::of).sorted().forEach(type -> {
                refs.putObject(type).put("$ref", "#/components/messages/" + type);
                ObjectNode message = messages.putObject(type).put("name", type);
                message.put("contentType", "application/json");
                message.putObject("payload").put("$ref", "schemas/" + type + ".schema.json");
            });
        }
        return mapper.writeValueAsString(root) + "\n";
    }
}
