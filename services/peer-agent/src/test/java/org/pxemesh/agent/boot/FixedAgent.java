package org.pxemesh.agent.boot;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.content.PackageId;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;

/**
 * The boot side alone, without mesh and HQ, for tests against real clients: {@code FixedAgent INTERFACE ADDRESS
 * PEER,PEER,... TREE}. Settings come as system properties ({@code -Dpxemesh.host=portable}); events go to stdout.
 */
final class FixedAgent {

    private FixedAgent() {}

    public static void main(String[] args) throws Exception {
        DirectoryStore store =
                new DirectoryStore(Path.of(args[3]), new PackageId("debian", "12"), boot(Path.of(args[3])));
        AgentConfig config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .withMapping(AgentConfig.class)
                .build()
                .getConfigMapping(AgentConfig.class);
        Vertx vertx = Vertx.vertx();
        BootServer server = new BootServer(
                vertx, config, store, event -> System.out.println("event " + event), new SimpleMeterRegistry());
        try {
            server.serve(FixedSegment.of(args[0], args[1], List.of(args[2].split(",")), store.manifest()));
        } catch (StartProblem problem) {
            System.err.println("start-problem " + problem.getMessage());
            vertx.close();
            server.stop();
            System.exit(1);
        }
        System.out.println("serving");
    }

    private static BootDescriptor boot(Path tree) {
        List<LoaderState> loaders = new ArrayList<>();
        String kernel = "debian-installer/amd64/linux";
        String initrd = "debian-installer/amd64/initrd.gz";
        loaders.add(new LoaderState("bios", "pxelinux.0", List.of("ldlinux.c32"), kernel, initrd, List.of(), false));
        if (Files.exists(tree.resolve("ipxe/snponly.efi"))) {
            loaders.add(new LoaderState("x64-uefi", "ipxe/snponly.efi", List.of(), kernel, initrd, List.of(), false));
        }
        return new BootDescriptor(PackageKind.LINUX_NETBOOT, loaders);
    }
}
