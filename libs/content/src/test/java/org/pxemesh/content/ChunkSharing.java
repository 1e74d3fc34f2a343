package org.pxemesh.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Measures how much two versions of a file share by each way of cutting: {@code ChunkSharing OLD NEW ...}. The figures of
 * docs/decisions/013 come from here.
 */
public final class ChunkSharing {

    private static final int KIB = 1024;

    private ChunkSharing() {}

    public static void main(String[] args) throws IOException {
        for (int i = 0; i + 1 < args.length; i += 2) {
            byte[] before = Files.readAllBytes(Path.of(args[i]));
            byte[] after = Files.readAllBytes(Path.of(args[i + 1]));
            System.out.printf(
                    "%n%s -> %s, %.1f MB%n%-30s %8s %8s %9s %9s %9s %8s%n",
                    Path.of(args[i]).getFileName(),
                    Path.of(args[i + 1]).getFileName(),
                    after.length / 1e6,
                    "rule",
                    "shared%",
                    "to get MB",
                    "chunks",
                    "median kB",
                    "manifest",
                    "cut MB/s");
            rules().forEach((name, rule) -> show(name, rule, rule, before, after));
            if (isWim(before) && isWim(after)) {
                show("wim resources, 64-512 KiB", resources(before), resources(after), before, after);
            }
        }
    }

    private static Map<String, CutRule> rules() {
        Map<String, CutRule> rules = new LinkedHashMap<>();
        rules.put("fixed 256 KiB", CutRule.fixed(256 * KIB));
        rules.put("fixed 64 KiB", CutRule.fixed(64 * KIB));
        rules.put("content 64/256/512 KiB", new ContentCut(64 * KIB, 256 * KIB, 512 * KIB));
        rules.put("content 64/128/512 KiB", new ContentCut(64 * KIB, 128 * KIB, 512 * KIB));
        rules.put("content 32/128/512 KiB", new ContentCut(32 * KIB, 128 * KIB, 512 * KIB));
        rules.put("content 16/64/512 KiB", new ContentCut(16 * KIB, 64 * KIB, 512 * KIB));
        rules.put("content 8/32/128 KiB", new ContentCut(8 * KIB, 32 * KIB, 128 * KIB));
        return rules;
    }

    private static void show(String name, CutRule old, CutRule rule, byte[] before, byte[] after) {
        Set<Sha256> had = cut(old, before).chunks().stream().map(Chunk::sha256).collect(Collectors.toSet());
        ManifestFile file = cut(rule, after);
        long shared = file.chunks().stream()
                .filter(chunk -> had.contains(chunk.sha256()))
                .mapToLong(Chunk::length)
                .sum();
        int[] lengths = file.chunks().stream().mapToInt(Chunk::length).sorted().toArray();
        int manifest = new Manifest(new PackageId("p", "1"), List.of(file), TestManifests.boot("f")).toBytes().length;
        System.out.printf(
                "%-30s %8.1f %9.1f %8d %9d %9d %8.0f%n",
                name,
                100.0 * shared / after.length,
                (after.length - shared) / 1e6,
                lengths.length,
                lengths[lengths.length / 2] / 1000,
                manifest,
                speed(rule, after));
    }

    private static ManifestFile cut(CutRule rule, byte[] bytes) {
        Chunker chunker = new Chunker(rule);
        chunker.update(bytes, 0, bytes.length);
        return chunker.finish("f");
    }

    /** MB/s of the cutting alone, without digests, best of five. */
    private static double speed(CutRule rule, byte[] bytes) {
        double best = 0;
        for (int run = 0; run < 5; run++) {
            long start = System.nanoTime();
            CutRule.Cutter cutter = rule.begin();
            for (int at = 0; at < bytes.length; ) {
                at += cutter.take(bytes, at, Math.min(bytes.length - at, 65_536));
            }
            best = Math.max(best, bytes.length / 1e6 / ((System.nanoTime() - start) / 1e9));
        }
        return best;
    }

    private static boolean isWim(byte[] bytes) {
        return bytes.length > 208
                && new String(bytes, 0, 5, java.nio.charset.StandardCharsets.US_ASCII).equals("MSWIM");
    }

    /**
     * Cuts where the resources of a WIM begin; small ones stay together until the digest of one of them, or the longest
     * length, ends the chunk; large ones are cut every 512 KiB.
     */
    private static CutRule resources(byte[] wim) {
        ByteBuffer header = ByteBuffer.wrap(wim).order(ByteOrder.LITTLE_ENDIAN);
        long size = header.getLong(48) & 0xff_ffff_ffff_ffffL;
        int table = (int) header.getLong(56);
        TreeSet<Integer> starts = new TreeSet<>();
        Map<Integer, Byte> digests = new LinkedHashMap<>();
        for (int entry = table; entry + 50 <= table + size; entry += 50) {
            int start = (int) header.getLong(entry + 8);
            starts.add(start);
            digests.put(start, wim[entry + 30]);
        }
        starts.add(table);
        TreeSet<Integer> cuts = new TreeSet<>();
        int chunk = 0;
        for (int start : starts) {
            while (start - chunk > Chunk.MAX_LENGTH) {
                chunk += Chunk.MAX_LENGTH;
                cuts.add(chunk);
            }
            boolean chosen = start - chunk >= 64 * KIB && (digests.getOrDefault(start, (byte) 0) & 3) == 0;
            Integer next = starts.higher(start);
            boolean full = next != null && next - chunk > Chunk.MAX_LENGTH;
            if (start > chunk && (chosen || full)) {
                cuts.add(start);
                chunk = start;
            }
        }
        int[] places = cuts.stream().mapToInt(Integer::intValue).toArray();
        return () -> new CutRule.Cutter() {
            private int at;
            private int chunkStart;

            @Override
            public int take(byte[] data, int from, int length) {
                if (atCut()) {
                    chunkStart = at;
                }
                int found = Arrays.binarySearch(places, at + 1);
                int next = found >= 0 ? found : -found - 1;
                int until = next < places.length ? places[next] : Integer.MAX_VALUE;
                int part = Math.min(length, Math.min(until, chunkStart + Chunk.MAX_LENGTH) - at);
                at += part;
                return part;
            }

            @Override
            public boolean atCut() {
                return at > chunkStart && (Arrays.binarySearch(places, at) >= 0 || at - chunkStart == Chunk.MAX_LENGTH);
            }
        };
    }
}
