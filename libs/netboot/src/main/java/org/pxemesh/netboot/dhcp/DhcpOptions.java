package org.pxemesh.netboot.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a packet in the order of their first appearance: raw values, joined over their parts (RFC 3396), with
 * typed reading on top. Immutable; what nobody here understands is carried along untouched.
 */
public final class DhcpOptions {

    public static final DhcpOptions EMPTY = new DhcpOptions(new LinkedHashMap<>());

    private final Map<OptionCode, byte[]> values;

    DhcpOptions(Map<OptionCode, byte[]> values) {
        this.values = values;
    }

    /** The value's bytes; the caller must not change them. */
    byte[] bytes(OptionCode code) {
        byte[] value = values.get(code);
        return value == null ? new byte[0] : value;
    }

    public Optional<byte[]> raw(OptionCode code) {
        return Optional.ofNullable(values.get(code)).map(byte[]::clone);
    }

    public boolean has(OptionCode code) {
        return values.containsKey(code);
    }

    public Set<OptionCode> codes() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** The option as text, without the NULs that some senders append. */
    public Optional<String> text(OptionCode code) {
        return Optional.ofNullable(values.get(code)).map(DhcpOptions::withoutTrailingNuls);
    }

    /** The option as an address; empty when absent or not of four octets. */
    public Optional<Ipv4Address> address(OptionCode code) {
        byte[] v = bytes(code);
        return v.length == 4
                ? Optional.of(
                        new Ipv4Address((v[0] & 0xff) << 24 | (v[1] & 0xff) << 16 | (v[2] & 0xff) << 8 | v[3] & 0xff))
                : Optional.empty();
    }

    public MessageType messageType() {
        byte[] value = bytes(OptionCode.MESSAGE_TYPE);
        return value.length == 1 ? new MessageType(value[0] & 0xff) : MessageType.NONE;
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        values.forEach(builder::put);
        return builder;
    }

    public static Builder builder() {
        return new Builder();
    }

    static String withoutTrailingNuls(byte[] value) {
        int end = value.length;
        while (end > 0 && value[end - 1] == 0) {
            end--;
        }
        return new String(value, 0, end, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpOptions that
                && values.keySet().equals(that.values.keySet())
                && values.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), that.values.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        return values.entrySet().stream()
                .mapToInt(e -> e.getKey().hashCode() ^ Arrays.hashCode(e.getValue()))
                .sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        values.forEach((code, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(code)
                .append('=')
                .append(HexFormat.of().formatHex(value)));
        return text.append('}').toString();
    }

    /** Collects options; a second value for the same code replaces the first. */
    public static final class Builder {

        private final Map<OptionCode, byte[]> values = new LinkedHashMap<>();

        public Builder put(OptionCode code, byte[] value) {
            values.put(code, value.clone());
            return this;
        }

        public Builder put(OptionCode code, Ipv4Address value) {
            return put(code, value.octets());
        }

        public Builder put(MessageType type) {
            return put(OptionCode.MESSAGE_TYPE, new byte[] {(byte) type.value()});
        }

        /** Text without a terminator. */
        public Builder put(OptionCode code, String value) {
            return put(code, value.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Text with the NUL that EDK2 would otherwise write over the byte that follows the option. */
        public Builder putTerminated(OptionCode code, String value) {
            return put(code, value + "\0");
        }

        public Builder remove(OptionCode code) {
            values.remove(code);
            return this;
        }

        public DhcpOptions build() {
            return new DhcpOptions(new LinkedHashMap<>(values));
        }
    }
}
