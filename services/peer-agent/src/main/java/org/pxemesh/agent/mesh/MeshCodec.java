package org.pxemesh.agent.mesh;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.pxemesh.events.EventCodec;
import org.pxemesh.events.RequiredComponents;

/** {@link MeshMessage}s as JSON. Bytes that are none give nothing: the caller counts them. */
public final class MeshCodec {
    private static final ObjectMapper MAPPER = newMapper();

    private MeshCodec() {}

    /** The house's mapper for the segment's messages and the agent's own files. */
    public static ObjectMapper newMapper() {
        var mapper = EventCodec.newMapper();
        // A record's data may have 512 KiB, and base64 makes a third more of it.
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxStringLength(Membership.MAX_MESSAGE)
                        .maxNameLength(512)
                        .build());
        mapper.registerModule(new SimpleModule("addresses")
                .addSerializer(InetAddress.class, new AddressWriter())
                .addDeserializer(InetAddress.class, new AddressReader()));
        return mapper;
    }

    /** The bytes of a message. */
    public static byte[] encode(MeshMessage message) {
        try {
            return MAPPER.writerFor(MeshMessage.class).writeValueAsBytes(message);
        } catch (IOException e) {
            throw new IllegalStateException("message " + message.getClass().getSimpleName() + " has no JSON form", e);
        }
    }

    /** The message in some bytes; nothing when it is none. */
    public static Optional<MeshMessage> decode(byte[] bytes) {
        if (bytes.length > Membership.MAX_MESSAGE) {
            return Optional.empty();
        }
        try {
            var message = MAPPER.readValue(bytes, MeshMessage.class);
            RequiredComponents.check(message);
            return Optional.ofNullable(message);
        } catch (IOException | RuntimeException e) {
            // Also what a record's constructor refuses: hostile bytes are counted, never thrown.
            return Optional.empty();
        }
    }

    private static final class AddressWriter extends StdSerializer<InetAddress> {
        private static final long serialVersionUID = 1L;

        AddressWriter() {
            super(InetAddress.class);
        }

        @Override
        public void serialize(InetAddress address, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(address.getHostAddress());
        }
    }

    /** Literals only: a name from the network must not make this machine ask a DNS server. */
    private static final class AddressReader extends StdDeserializer<InetAddress> {
        private static final long serialVersionUID = 1L;

        AddressReader() {
            super(InetAddress.class);
        }

        @Override
        public InetAddress deserialize(JsonParser json, DeserializationContext context) throws IOException {
            try {
                return InetAddress.ofLiteral(json.getText());
            } catch (IllegalArgumentException e) {
                return (InetAddress)
                        context.handleWeirdStringValue(InetAddress.class, json.getText(), "not an IP address");
            }
        }
    }
}
