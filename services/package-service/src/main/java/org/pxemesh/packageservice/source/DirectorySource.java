package org.pxemesh.packageservice.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A directory of HQ's machine. Links are followed, because netboot trees are full of them, but never out of the import
 * root: a tree from elsewhere must not publish {@code /etc/shadow} to every branch.
 */
public final class DirectorySource implements PackageSource {

    private static final int MAX_DEPTH = 64;

    private record Entry(String path, Path real, long size) {}

    private final Path directory;
    private final List<Entry> entries;

    private DirectorySource(Path directory, List<Entry> entries) {
        this.directory = directory;
        this.entries = entries;
    }

    static DirectorySource list(Path directory, Path root, int maxFiles) throws ImportException {
        Lister lister = new Lister(directory, root, maxFiles);
        try {
            Files.walkFileTree(directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, lister);
        } catch (Refused e) {
            throw new ImportException(e.reason);
        } catch (IOException e) {
            throw new ImportException(directory + " cannot be read: " + e);
        }
        lister.entries.sort(Comparator.comparing(Entry::path));
        return new DirectorySource(directory, List.copyOf(lister.entries));
    }

    @Override
    public void visit(Visitor visitor) throws IOException, ImportException {
        for (Entry entry : entries) {
            try (InputStream bytes = Files.newInputStream(entry.real(), LinkOption.NOFOLLOW_LINKS)) {
                visitor.file(entry.path(), bytes);
            }
        }
    }

    @Override
    public Optional<Tree> inPlace() {
        Map<String, Tree.OnDisk> files = new HashMap<>();
        entries.forEach(entry -> files.put(entry.path(), new Tree.OnDisk(entry.real(), entry.size())));
        return Optional.of(new Tree(describe(), files));
    }

    @Override
    public long expectedBytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    @Override
    public int expectedFiles() {
        return entries.size();
    }

    @Override
    public long sourceBytes() {
        return expectedBytes();
    }

    @Override
    public String describe() {
        return "directory " + directory;
    }

    /** Carries a refusal out of the walk, which knows input and output errors alone. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        final String reason;

        Refused(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private static final class Lister extends SimpleFileVisitor<Path> {
        final List<Entry> entries = new ArrayList<>();
        private final Path directory;
        private final Path root;
        private final int maxFiles;

        Lister(Path directory, Path root, int maxFiles) {
            this.directory = directory;
            this.root = root;
            this.maxFiles = maxFiles;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
            realInsideRoot(visited);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
            String path = relative(visited);
            if (attributes.isDirectory()) {
                throw new Refused(path + " stands more than " + MAX_DEPTH + " folders deep");
            }
            if (attributes.isSymbolicLink()) {
                throw new Refused(
                        path + " is a symbolic link to " + Files.readSymbolicLink(visited) + ", which does not exist");
            }
            if (!attributes.isRegularFile()) {
                throw new Refused(path + " is a device, pipe or socket, not a file");
            }
            if (entries.size() == maxFiles) {
                throw new Refused(directory + " has more than pxemesh.import.max-files=" + maxFiles
                        + " files: name a folder further down, or raise it");
            }
            entries.add(new Entry(path, realInsideRoot(visited), attributes.size()));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path visited, IOException cause) throws IOException {
            if (cause instanceof FileSystemLoopException) {
                throw new Refused(relative(visited) + " is a symbolic link to a folder that it stands in");
            }
            throw new Refused(relative(visited) + " cannot be read: may package-service read it? (" + cause + ")");
        }

        private Path realInsideRoot(Path visited) throws IOException {
            Path real = visited.toRealPath();
            if (!real.startsWith(root)) {
                throw new Refused(relative(visited) + " leads by a symbolic link to " + real
                        + ", out of the import root " + root + ": copy it into the tree, or remove the link");
            }
            return real;
        }

        private String relative(Path visited) {
            String path = directory.relativize(visited).toString();
            return path.replace(directory.getFileSystem().getSeparator(), "/");
        }
    }
}
