package org.pxemesh.lab.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.run.Shell;

/**
 * Files of Debian packages that this machine cannot install, being of Debian 13 or for another processor. apt fetches them
 * once, from this machine's own mirror and with lists of its own, and checks signatures as ever. Nothing is installed.
 */
enum OtherDebian implements KitFile {
    /** Debian 13's GRUB honours a proxy's offer, Debian 12's does not. */
    GRUB_X64("grub-efi-amd64-signed", "amd64", "usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed"),
    GRUB_AA64("grub-efi-arm64-signed", "arm64", "usr/lib/grub/arm64-efi-signed/grubnetaa64.efi.signed"),
    BUSYBOX_AA64("busybox-static", "arm64", "usr/bin/busybox");

    private static final String RELEASE = "trixie";
    private static final String KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";
    private static final String SECONDS = "120";

    /** What apt said when it could not: a machine without a mirror is not asked for each row anew. */
    private static final AtomicReference<String> FAILURE = new AtomicReference<>("");

    private final String pkg;
    private final String architecture;
    private final String path;

    OtherDebian(String pkg, String architecture, String path) {
        this.pkg = pkg;
        this.architecture = architecture;
        this.path = path;
    }

    /** It cannot be had here; the message says why. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }
    }

    /**
     * The unpacked file; fetched at the first use.
     *
     * @throws Missing where apt does not get it
     */
    @Override
    public Path path() {
        Path folder = Tree.state().resolve("lab-debian-" + RELEASE);
        Path unpacked = folder.resolve(pkg + "-" + architecture);
        Path file = unpacked.resolve(path);
        if (!Files.exists(file)) {
            try {
                fetch(folder, unpacked);
            } catch (IOException e) {
                throw new LabException(folder + " cannot be written: " + e.getMessage(), e);
            }
        }
        if (!Files.exists(file)) {
            throw new Missing(this + " has no " + path);
        }
        return file;
    }

    private void fetch(Path folder, Path unpacked) throws IOException {
        Path configuration = folder.resolve("apt.conf");
        Path packages = folder.resolve("packages-" + pkg + "-" + architecture);
        Files.createDirectories(folder.resolve("lists/partial"));
        Files.createDirectories(folder.resolve("cache/archives/partial"));
        Files.createDirectories(packages);
        Files.writeString(folder.resolve("other.sources"), """
                Types: deb
                URIs: %s
                Suites: %s
                Components: main
                Architectures: amd64 arm64
                Signed-By: %s
                """.formatted(mirror(), RELEASE, KEYS));
        Files.writeString(configuration, """
                Dir::Etc::sourcelist "%1$s/other.sources";
                Dir::Etc::sourceparts "-";
                Dir::State::lists "%1$s/lists";
                Dir::Cache "%1$s/cache";
                APT::Architectures { "amd64"; "arm64"; };
                APT::Sandbox::User "root";
                Acquire::Languages "none";
                Acquire::Retries "1";
                Acquire::http::Timeout "20";
                """.formatted(folder));
        String download = pkg + ":" + architecture;
        if (!apt(packages, configuration, "download", download).ok()) {
            String before = Objects.requireNonNullElse(FAILURE.get(), "");
            if (!before.isEmpty()) {
                throw new Missing("apt does not get " + this + ": " + before);
            }
            Shell.Result update = apt(packages, configuration, "update");
            Shell.Result second = apt(packages, configuration, "download", download);
            if (!second.ok()) {
                FAILURE.set((update.output() + second.output()).strip());
                throw new Missing("apt does not get " + this + ": " + FAILURE.get());
            }
        }
        Path half = folder.resolve(unpacked.getFileName() + ".part");
        Shell.run("sh", "-c", "rm -rf '" + half + "' && dpkg-deb -x '" + packages + "'/*.deb '" + half + "'");
        Files.move(half, unpacked, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Shell.Result apt(Path in, Path configuration, String... arguments) {
        String[] command = new String[7 + arguments.length];
        command[0] = "env";
        command[1] = "-C";
        command[2] = in.toString();
        command[3] = "APT_CONFIG=" + configuration;
        command[4] = "timeout";
        command[5] = SECONDS;
        command[6] = "apt-get";
        System.arraycopy(arguments, 0, command, 7, arguments.length);
        return Shell.attempt(command);
    }

    /** Where this machine's own Debian comes from. */
    private static String mirror() {
        Shell.Result known = Shell.attempt(
                "apt-get", "indextargets", "--format", "$(LABEL) $(COMPONENT) $(REPO_URI)", "Created-By: Packages");
        Optional<String> mirror = known.output()
                .lines()
                .filter(line -> line.startsWith("Debian main http"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst();
        return mirror.orElseThrow(() -> new Missing("apt knows no mirror of Debian (apt-get indextargets)"));
    }

    @Override
    public String toString() {
        return pkg + " of Debian's " + RELEASE + " for " + architecture;
    }
}
