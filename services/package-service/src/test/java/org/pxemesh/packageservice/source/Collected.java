package org.pxemesh.packageservice.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a source handed over, links resolved. */
final class Collected implements PackageSource.Visitor {

    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();

    static SortedMap<String, String> of(PackageSource source) throws IOException, ImportException {
        Collected collected = new Collected();
        source.visit(collected);
        return Links.resolve(collected.files, collected.links, 1000);
    }

    @Override
    public void file(String path, InputStream bytes) throws IOException {
        files.put(path, new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void link(String path, String target) {
        links.put(path, target);
    }
}
