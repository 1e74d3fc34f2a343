package org.pxemesh.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the source tree. */
public final class Tree {
    private static final Path ROOT = Path.of(System.getenv().getOrDefault("PXEMESH_ROOT", "."))
            .toAbsolutePath()
            .normalize();

    private Tree() {}

    public static Path root() {
        return ROOT;
    }

    /** What commands keep between runs: {@code .pxemesh}. */
    public static Path state() {
        return ROOT.resolve(".pxemesh");
    }

    /** Journals of what runs made. */
    public static Path journals() {
        return state().resolve("runs");
    }

    /** A built jar. */
    public static Path jar(String path) {
        Path jar = ROOT.resolve(path);
        if (!Files.exists(jar)) {
            throw new LabException(jar + " is missing: run './mesh build'");
        }
        return jar;
    }

    /** The JDK that runs this program runs its children too. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
