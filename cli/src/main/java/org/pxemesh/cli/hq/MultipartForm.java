package org.pxemesh.cli.hq;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Fields, small files and one large file as {@code multipart/form-data} (RFC 7578), streamed from the disk. */
public final class MultipartForm {

    private final String boundary = "pxemesh-" + UUID.randomUUID();
    private final byte[] head;
    private final byte[] tail;
    private final Path file;
    private final long size;
    private final LongConsumer sent;

    /**
     * Prepares a form.
     *
     * @param fields text parts
     * @param small files that are read into memory, by their parts' names
     * @param part name of the file's part
     * @param sent hears how many bytes of the file have left
     */
    public MultipartForm(Map<String, String> fields, Map<String, Path> small, String part, Path file, LongConsumer sent)
            throws IOException {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> text.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        before.write(text.toString().getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, Path> other : small.entrySet()) {
            before.write(header(other.getKey(), other.getValue()));
            before.write(Files.readAllBytes(other.getValue()));
            before.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        before.write(header(part, file));
        this.head = before.toByteArray();
        this.tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        this.file = file;
        this.size = Files.size(file);
        this.sent = sent;
    }

    /** The name tells HQ nothing but how to call a file that is no archive. */
    private byte[] header(String part, Path file) {
        String name = String.valueOf(file.getFileName()).replaceAll("[^A-Za-z0-9._+-]", "_");
        return ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    HttpRequest.BodyPublisher body() {
        return BodyPublishers.fromPublisher(
                BodyPublishers.concat(
                        BodyPublishers.ofByteArray(head),
                        BodyPublishers.ofInputStream(this::open),
                        BodyPublishers.ofByteArray(tail)),
                head.length + size + tail.length);
    }

    private InputStream open() {
        try {
            return new Counting(Files.newInputStream(file), sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Counting extends FilterInputStream {
        private final LongConsumer sent;
        private long total;

        Counting(InputStream in, LongConsumer sent) {
            super(in);
            this.sent = sent;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            total += Math.max(read, 0);
            sent.accept(total);
            return read;
        }
    }
}
