package org.pxemesh.lab.reference;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/**
 * dnsmasq as proxyDHCP and TFTP server on a host of its own, with the Debian installer's tree: pxelinux for BIOS, iPXE for
 * UEFI (Debian 12's GRUB never looks at a proxy offer).
 */
public final class Dnsmasq {
    /** What Debian's package debian-installer-12-netboot-amd64 installs. */
    public static final Path INSTALLER = Path.of("/usr/lib/debian-installer/images/12/amd64/text");

    private static final Path SNPONLY = Path.of("/usr/lib/ipxe/snponly.efi");
    private static final String KERNEL = "debian-installer/amd64/linux";
    private static final String INITRD = "debian-installer/amd64/initrd.gz";

    private final Site site;
    private final Path root;
    private @Nullable Namespace host;
    private String address = "";

    public Dnsmasq(Site site) {
        this.site = site;
        this.root = site.folder().resolve("tftp");
    }

    /** The folder that TFTP and HTTP serve. */
    public Path root() {
        return root;
    }

    /** Its address, once it is started. */
    public String address() {
        return address;
    }

    /** Copies the tree, links followed. */
    public void prepare() throws IOException {
        try (Stream<Path> files = Files.walk(INSTALLER, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = root.resolve(INSTALLER.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        Files.copy(SNPONLY, root.resolve("snponly.efi"));
    }

    /** Starts the responder; its loaders point kernel, initrd and check-in at the web server. */
    public LabProcess start(BootWeb web) throws IOException {
        return start(web.url(), List.of("--pxe-service=x86PC,pxelinux,pxelinux"), "boot.ipxe");
    }

    /**
     * Starts the responder and, on the same host, a small web server (BusyBox) over the same folder. Each iPXE gets its script
     * by its URL.
     *
     * @param pxelinux whether BIOS machines get pxelinux also where their ROM is an iPXE, for comparison; else they get the
     *     script, as UEFI machines do: a proxy's offer with --dhcp-boot carries an empty menu beside it, which iPXE waits at
     */
    public LabProcess startWithWeb(boolean pxelinux) throws IOException {
        Namespace web = host();
        site.start("web", web, List.of("busybox", "httpd", "-f", "-p", "8069", "-h", root.toString()), Map.of());
        Until.isTrue(
                "BusyBox' httpd to listen",
                Duration.ofSeconds(5),
                () -> web.run("ss", "-Hlnt", "sport", "=", ":8069").contains(":8069"));
        String url = "http://" + address + ":8069";
        String script = url + "/boot.ipxe";
        List<String> bios = pxelinux
                ? List.of("--pxe-service=x86PC,pxelinux,pxelinux")
                : List.of(
                        "--pxe-service=tag:!ipxe,x86PC,pxelinux,pxelinux",
                        "--pxe-service=tag:ipxe,x86PC,script," + script);
        return start(url, bios, script);
    }

    private Namespace host() {
        if (host == null) {
            host = site.officePc("proxy");
            address = site.addressOf(host);
        }
        return host;
    }

    private LabProcess start(String web, List<String> bios, String script) throws IOException {
        String arguments = "auto=true priority=critical url=" + web + "/checkin/reference/preseed.cfg"
                + " locale=en_US keymap=us hostname=bare domain=branch interface=auto"
                + " hw-detect/load_firmware=false DEBIAN_FRONTEND=text TERM=dumb console=ttyS0";
        Files.writeString(root.resolve("pxelinux.cfg/default"), """
                DEFAULT installer
                PROMPT 0
                LABEL installer
                  KERNEL %s
                  INITRD %s
                  APPEND %s
                """.formatted(KERNEL, INITRD, arguments));
        Files.writeString(root.resolve("boot.ipxe"), """
                #!ipxe
                kernel %1$s/%2$s initrd=initrd.gz %4$s
                initrd %1$s/%3$s
                boot
                """.formatted(web, KERNEL, INITRD, arguments));
        List<String> command = new ArrayList<>(List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--port=0",
                "--user=root",
                "--interface=eth0",
                "--bind-interfaces",
                "--dhcp-range=" + site.subnets().fixed(0) + ",proxy,255.255.255.0",
                "--dhcp-userclass=set:ipxe,iPXE"));
        command.addAll(bios);
        command.addAll(List.of(
                "--pxe-service=tag:!ipxe,X86-64_EFI,ipxe,snponly.efi",
                "--pxe-service=tag:!ipxe,BC_EFI,ipxe,snponly.efi",
                "--pxe-service=tag:ipxe,X86-64_EFI,script," + script,
                "--pxe-service=tag:ipxe,BC_EFI,script," + script,
                "--pxe-prompt=Boot,0",
                "--enable-tftp",
                "--tftp-root=" + root,
                "--pid-file=" + site.folder().resolve("dnsmasq-proxy.pid"),
                "--log-dhcp",
                "--log-facility=-"));
        LabProcess process = site.start("dnsmasq-proxy", host(), command, Map.of());
        process.awaitLog("DHCP, proxy on subnet", Duration.ofSeconds(10));
        return process;
    }
}
