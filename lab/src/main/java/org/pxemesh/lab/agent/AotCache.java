package org.pxemesh.lab.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;

/** The AOT cache of this tree's agent, made as a product's installation makes it. Agents start without it as well. */
final class AotCache {
    private static final long PATIENCE_SECONDS = 180;
    private static boolean tried;

    private AotCache() {}

    /** Makes it where there is none for this build, this Java and these flags; once in a process, one at a time. */
    static synchronized void prepare() {
        if (tried || "off".equals(System.getenv("PXEMESH_AOT_CACHE"))) {
            return;
        }
        tried = true;
        Tree.jar("services/peer-agent/target/quarkus-app/quarkus-run.jar");
        try {
            Files.createDirectories(Tree.state());
            Path lock = Tree.state().resolve("aot-cache.lock");
            try (FileChannel file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = file.lock()) {
                make();
            }
        } catch (IOException e) {
            System.err.println("mesh: the agents start without an AOT cache: " + e.getMessage());
        }
    }

    private static void make() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Tree.jar(Agent.SCRIPT).toString(), "prepare")
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PXEMESH_JAVA", Tree.java());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                System.err.println("mesh: the training run did not end; the agents start without an AOT cache");
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while the AOT cache was made");
        }
    }
}
