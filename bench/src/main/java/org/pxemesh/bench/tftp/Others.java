package org.pxemesh.bench.tftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/** Servers that other people wrote, each on a host of its own with a copy of the files. */
final class Others {
    private final Site site;
    private final Path root;
    private final Path unpacked;
    private int next = 210;

    private Others(Site site, Path root, Path unpacked) {
        this.site = site;
        this.root = root;
        this.unpacked = unpacked;
    }

    static List<Subject> start(Site site, List<Path> files) {
        Path root = site.folder().resolve("tftproot");
        Path unpacked = Tree.state().resolve("bench-servers");
        try {
            Files.createDirectories(root);
            for (Path file : files) {
                Files.copy(file, root.resolve(file.getFileName()));
            }
            // in.tftpd gives up root, and a run's folder is root's alone.
            Shell.run("chmod", "-R", "a+rX", root.toString());
            Files.createDirectories(unpacked);
        } catch (IOException e) {
            throw new LabException("the files to serve cannot be copied: " + e.getMessage(), e);
        }
        unpack(unpacked);
        Others others = new Others(site, root, unpacked);
        return List.of(others.dnsmasq(), others.tftpdHpa(), others.atftpd());
    }

    /** They exclude each other and would start as services: unpacked, they do neither. */
    private static void unpack(Path into) {
        if (Files.exists(into.resolve("usr/sbin/in.tftpd")) && Files.exists(into.resolve("usr/sbin/atftpd"))) {
            return;
        }
        Shell.run("sh", "-c", "cd '" + into + "' && apt-get download -q tftpd-hpa atftpd");
        try (Stream<Path> packages = Files.list(into)) {
            packages.filter(p -> p.toString().endsWith(".deb"))
                    .forEach(p -> Shell.run("dpkg", "-x", p.toString(), into.toString()));
        } catch (IOException e) {
            throw new LabException(into + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private Subject dnsmasq() {
        return subject(
                "dnsmasq",
                false,
                List.of(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--port=0",
                        "--user=root",
                        "--enable-tftp",
                        "--tftp-root=" + root,
                        "--tftp-max=200",
                        "--pid-file=" + site.folder().resolve("dnsmasq-tftp.pid")));
    }

    private Subject tftpdHpa() {
        return subject(
                "tftpd-hpa",
                false,
                List.of(
                        unpacked.resolve("usr/sbin/in.tftpd").toString(),
                        "--foreground",
                        "--listen",
                        "--user",
                        "root",
                        "--secure",
                        root.toString()));
    }

    private Subject atftpd() {
        return subject(
                "atftpd",
                true,
                List.of(
                        unpacked.resolve("usr/sbin/atftpd").toString(),
                        "--daemon",
                        "--no-fork",
                        "--user",
                        "root",
                        "--group",
                        "root",
                        "--maxthread",
                        "200",
                        "--no-multicast",
                        "--verbose=3",
                        "--logfile",
                        site.folder().resolve("atftpd-own.log").toString(),
                        root.toString()));
    }

    private Subject subject(String name, boolean windows, List<String> command) {
        Namespace host = site.plug(name, "eth0");
        String address = site.subnets().fixed(next++);
        host.ip("address", "add", address + "/24", "dev", "eth0");
        LabProcess process = site.start(name, host, command, Map.of());
        Until.isTrue(name + " to listen on UDP port 69", Duration.ofSeconds(5), () -> {
            process.requireAlive();
            return host.run("ss", "-Hlnu", "sport", "=", ":69").contains(":69");
        });
        return Subject.of(name, address, "", windows, process);
    }
}
