package org.pxemesh.packageservice.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns an archive's links into further names of the files that they lead to. */
public final class Links {

    /** Netboot trees have a handful; resolving a chain of them costs about the square of this. */
    private static final int MAX_LINKS = 4096;

    private Links() {}

    /**
     * All names, links included.
     *
     * @param files what stands where
     * @param links from where to where
     * @param maxFiles names in all
     * @throws ImportException if a link leads nowhere or in a circle, or if there are too many names
     */
    public static <T> SortedMap<String, T> resolve(Map<String, T> files, Map<String, String> links, int maxFiles)
            throws ImportException {
        if (links.size() > MAX_LINKS) {
            throw new ImportException(
                    "the archive has " + links.size() + " links, at most " + MAX_LINKS + " are taken");
        }
        TreeMap<String, T> all = new TreeMap<>(files);
        TreeMap<String, String> open = new TreeMap<>(links);
        boolean progress = true;
        while (progress && !open.isEmpty()) {
            progress = false;
            for (Map.Entry<String, String> next : Map.copyOf(open).entrySet()) {
                Map<String, T> names = namesBehind(next.getKey(), next.getValue(), all, open);
                if (!names.isEmpty()) {
                    open.remove(next.getKey());
                    progress = true;
                    for (Map.Entry<String, T> name : names.entrySet()) {
                        if (all.putIfAbsent(name.getKey(), name.getValue()) != null) {
                            throw new ImportException("the archive has \"" + name.getKey() + "\" twice");
                        }
                    }
                    if (all.size() > maxFiles) {
                        throw new ImportException("the archive's links give it more than pxemesh.import.max-files="
                                + maxFiles + " files");
                    }
                }
            }
        }
        if (!open.isEmpty()) {
            Map.Entry<String, String> first = open.firstEntry();
            throw new ImportException(first.getKey() + " is a link to \"" + first.getValue()
                    + "\", which is not in the archive or leads back to it");
        }
        return all;
    }

    /** Empty while the target is not known whole: a folder with an open link in it may still grow. */
    private static <T> Map<String, T> namesBehind(
            String link, String target, TreeMap<String, T> all, TreeMap<String, String> open) {
        T file = all.get(target);
        if (file != null) {
            return Map.of(link, file);
        }
        String folder = target.isEmpty() ? "" : target + "/";
        String inFolder = open.ceilingKey(folder);
        if (inFolder != null && inFolder.startsWith(folder)) {
            return Map.of();
        }
        Map<String, T> names = new HashMap<>();
        List<Map.Entry<String, T>> inside =
                new ArrayList<>(all.subMap(folder, folder + Character.MAX_VALUE).entrySet());
        inside.forEach(entry -> names.put(link + "/" + entry.getKey().substring(folder.length()), entry.getValue()));
        return names;
    }
}
