package org.pxemesh.packageservice.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.content.FilePaths;

/** One file alone: a boot image or a boot program. */
final class FileSource implements PackageSource {

    private final Path file;
    private final String name;

    /**
     * @param name under which the package knows it
     * @throws ImportException if no path of a package may look like this
     */
    FileSource(Path file, String name) throws ImportException {
        var problem = name.indexOf('/') >= 0 ? Optional.of("has a / in it") : FilePaths.problem(name);
        if (problem.isPresent()) {
            throw new ImportException("the file's name " + problem.get());
        }
        this.file = file;
        this.name = name;
    }

    @Override
    public void visit(Visitor visitor) throws IOException, ImportException {
        try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            visitor.file(name, bytes);
        }
    }

    @Override
    public Optional<Tree> inPlace() {
        return Optional.of(new Tree(describe(), Map.of(name, new Tree.OnDisk(file, sourceBytes()))));
    }

    @Override
    public long expectedBytes() {
        return sourceBytes();
    }

    @Override
    public int expectedFiles() {
        return 1;
    }

    @Override
    public long sourceBytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public String describe() {
        return "file " + name;
    }
}
