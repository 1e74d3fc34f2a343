package org.pxemesh.agent.uplink;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;
import org.pxemesh.agent.AtomicFiles;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage.UpEvent;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.BootRequested;
import org.pxemesh.events.EventType;
import org.pxemesh.events.FileServed;

/**
 * Events that HQ does not have yet, on disk. A file of records (length, JSON) with the acknowledged ones at its start; it
 * is emptied when all are acknowledged, and rewritten without what can be spared when it grows too large: first
 * BootIgnored, then FileServed, then what strangers can cause without end (BootRequested, BootOffered), oldest first. Final
 * boot events are never dropped. A killed process loses nothing; a power cut may cost the last second.
 */
public final class EventJournal implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventJournal.class);
    private static final ObjectMapper MAPPER = MeshCodec.newMapper();
    private static final List<String> SPARED = List.of(
            EventType.of(BootIgnored.class),
            EventType.of(FileServed.class),
            EventType.of(BootRequested.class),
            EventType.of(BootOffered.class));
    private static final int HEADER = Integer.BYTES;

    private final Path path;
    private final Path acknowledgedPath;
    private final long limit;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private FileChannel channel;
    private long end;
    private long dropped;

    /** How large the last rewriting left the file: another one before it has grown would only cost time. */
    private long rewrittenTo;

    private long marked = -1;

    private record Entry(long offset, int length, String type) {}

    /**
     * @param limit bytes that the journal may have on disk before it drops what can be spared
     * @throws StartProblem when the directory cannot be used
     */
    public EventJournal(Path stateDir, long limit) {
        this.path = stateDir.resolve("events.log");
        this.acknowledgedPath = stateDir.resolve("events.acknowledged");
        this.limit = limit;
        try {
            channel = open(path);
            recover();
        } catch (IOException e) {
            throw new StartProblem(
                    "events cannot be kept in " + path + " (" + e.getMessage()
                            + "); free space there or set pxemesh.state-dir to another directory",
                    e);
        }
    }

    /** Keeps an event until it is acknowledged. */
    public void add(UpEvent event) throws IOException {
        addAll(List.of(event));
    }

    /** Keeps events, in their order, until they are acknowledged; with one write unless the file has to be made smaller. */
    public synchronized void addAll(List<UpEvent> events) throws IOException {
        List<byte[]> records = new ArrayList<>(events.size());
        List<String> types = new ArrayList<>(events.size());
        var next = end;
        for (var event : events) {
            var json = MAPPER.writeValueAsBytes(event);
            var type = event.envelope().type();
            if (next + HEADER + json.length > Math.max(limit, rewrittenTo + limit / 4)) {
                append(records, types);
                rewrite();
                next = end;
            }
            if (next + HEADER + json.length > limit && SPARED.contains(type)) {
                // All that is kept may not be dropped, so this one is.
                dropped++;
                continue;
            }
            records.add(json);
            types.add(type);
            next += HEADER + json.length;
        }
        append(records, types);
    }

    /** The oldest events, at most so many of them and about so many bytes; empty when all are acknowledged. */
    public synchronized List<UpEvent> oldest(int count, int bytes) throws IOException {
        List<UpEvent> events = new ArrayList<>();
        var size = 0;
        for (var entry : waiting) {
            size += entry.length;
            if (events.size() == count || (size > bytes && !events.isEmpty())) {
                break;
            }
            events.add(MAPPER.readValue(read(entry), UpEvent.class));
        }
        return events;
    }

    /** HQ has the oldest events. */
    public synchronized void acknowledge(int count) throws IOException {
        for (var i = 0; i < count && !waiting.isEmpty(); i++) {
            waiting.removeFirst();
        }
        if (waiting.isEmpty()) {
            // First the mark, then the file: between the two a crash repeats events, which consumers know to skip.
            mark(0);
            channel.truncate(0);
            end = 0;
            rewrittenTo = 0;
        } else {
            mark(waiting.getFirst().offset);
        }
    }

    /** How many events wait. */
    public synchronized int size() {
        return waiting.size();
    }

    /** How many events were dropped since the start because the disk queue was full. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Writes records behind the last one, and empties the lists. */
    private void append(List<byte[]> records, List<String> types) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        var from = end;
        var to = write(channel, from, records);
        for (var i = 0; i < records.size(); i++) {
            var length = records.get(i).length;
            waiting.addLast(new Entry(from + HEADER, length, types.get(i).intern()));
            from += HEADER + length;
        }
        end = to;
        records.clear();
        types.clear();
    }

    /** Writes records; where the next one begins. */
    private static long write(FileChannel to, long from, List<byte[]> records) throws IOException {
        var buffer = ByteBuffer.allocate(
                records.stream().mapToInt(json -> HEADER + json.length).sum());
        records.forEach(json -> buffer.putInt(json.length).put(json));
        buffer.flip();
        var at = from;
        while (buffer.hasRemaining()) {
            at += to.write(buffer, at);
        }
        return at;
    }

    private byte[] read(Entry entry) throws IOException {
        return read(channel, entry);
    }

    private static byte[] read(FileChannel from, Entry entry) throws IOException {
        var buffer = ByteBuffer.allocate(entry.length);
        while (buffer.hasRemaining()) {
            if (from.read(buffer, entry.offset + buffer.position()) < 0) {
                throw new IOException("events.log ends before offset " + (entry.offset + entry.length));
            }
        }
        return buffer.array();
    }

    private void recover() throws IOException {
        var from = acknowledged();
        var size = channel.size();
        var header = ByteBuffer.allocate(HEADER);
        for (var at = Math.max(0, from - HEADER); at + HEADER <= size; ) {
            header.clear();
            channel.read(header, at);
            var length = header.flip().getInt();
            if (length <= 0 || at + HEADER + length > size) {
                // The last record was being written when the process died.
                break;
            }
            var entry = new Entry(at + HEADER, length, "");
            try {
                var event = MAPPER.readValue(read(entry), UpEvent.class);
                waiting.addLast(
                        new Entry(at + HEADER, length, event.envelope().type().intern()));
            } catch (IOException | RuntimeException e) {
                LOG.warnf("event=journal-record-unreadable offset=%d action=skipped", at);
            }
            at += HEADER + length;
            end = at;
        }
        if (from > end) {
            // The mark is of records that are gone: the next ones would begin before it, and never be read again.
            mark(0);
        }
        channel.truncate(end);
        if (!waiting.isEmpty()) {
            LOG.infof("event=journal-recovered waiting=%d", waiting.size());
        }
    }

    /** Where the first record begins that HQ does not have; a mark that cannot be read costs repeats, which HQ skips. */
    private long acknowledged() throws IOException {
        if (!Files.exists(acknowledgedPath)) {
            return 0;
        }
        var mark = new String(Files.readAllBytes(acknowledgedPath), StandardCharsets.ISO_8859_1).strip();
        if (!mark.matches("[0-9]{1,15}")) {
            LOG.warnf("event=journal-mark-unreadable file=%s action=sending-all-again", acknowledgedPath);
            return 0;
        }
        return Long.parseLong(mark);
    }

    /**
     * Leaves the acknowledged records out, and of the others so many spared ones that half of the limit is free. Record by
     * record: the file may be larger than the memory that is left.
     */
    private void rewrite() throws IOException {
        List<Entry> kept = new ArrayList<>(waiting);
        long[] bytes = {kept.stream().mapToLong(entry -> HEADER + entry.length).sum()};
        for (var type : SPARED) {
            kept.removeIf(entry -> {
                if (bytes[0] <= limit / 2 || !entry.type.equals(type)) {
                    return false;
                }
                bytes[0] -= HEADER + entry.length;
                dropped++;
                return true;
            });
        }
        var next = path.resolveSibling("events.log.new");
        Files.deleteIfExists(next);
        var former = channel;
        var copy = open(next);
        List<Entry> copied = new ArrayList<>(kept.size());
        long at = 0;
        try {
            for (var entry : kept) {
                copied.add(new Entry(at + HEADER, entry.length, entry.type));
                at = write(copy, at, List.of(read(former, entry)));
            }
            mark(0);
            Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            copy.close();
            throw e;
        }
        channel = copy;
        waiting.clear();
        waiting.addAll(copied);
        end = at;
        former.close();
        rewrittenTo = end;
        LOG.warnf("event=journal-rewritten waiting=%d dropped-since-start=%d", waiting.size(), dropped);
    }

    private void mark(long offset) throws IOException {
        if (offset == marked) {
            return;
        }
        marked = offset;
        AtomicFiles.write(acknowledgedPath, Long.toString(offset).getBytes(StandardCharsets.UTF_8));
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
