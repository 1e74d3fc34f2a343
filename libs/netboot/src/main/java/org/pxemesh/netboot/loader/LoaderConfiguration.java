package org.pxemesh.netboot.loader;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Virtual configuration files. Loaders look for them under names that tell who they are ({@code pxelinux.cfg/01-52-54-…},
 * {@code grub.cfg-01-…}) and fall back step by step to a common one; since the server knows who asks, it answers the
 * first name already and saves the client the rest.
 */
public final class LoaderConfiguration {

    /** The name under which iPXE is told to fetch its script. */
    public static final String IPXE_SCRIPT = "boot.ipxe";

    private static final String PXELINUX_LABEL = "pxemesh";

    /** Tenths of a second; PXELINUX takes no more. */
    private static final int PXELINUX_MAX_TIMEOUT = 35_996;

    private LoaderConfiguration() {}

    /**
     * The configuration for a loader that asks for this file.
     *
     * @param path normalised, in any folder
     * @param sources where iPXE fetches the tree's files, {@code http://192.0.2.10:8069/boot/…}, without a slash at their
     *     ends; the best first
     * @param question what a person is asked first, or nothing; without an answer the machine starts from its own disk
     * @return empty when the name is no loader's configuration
     */
    public static Optional<String> of(
            String path, LinuxBoot boot, List<String> sources, Optional<BootQuestion> question) {
        return of(path, boot, sources, question, Optional.empty());
    }

    /**
     * The same with a way out for an iPXE that does not get on.
     *
     * @param pxelinux what it goes on with
     */
    public static Optional<String> of(
            String path,
            LinuxBoot boot,
            List<String> sources,
            Optional<BootQuestion> question,
            Optional<TftpLoader> pxelinux) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        String folder = slash < 0 ? "" : path.substring(0, slash);
        if (folder.equals("pxelinux.cfg") || folder.endsWith("/pxelinux.cfg")) {
            return Optional.of(pxelinux(boot, question));
        }
        if (name.equals("grub.cfg") || name.startsWith("grub.cfg-")) {
            return Optional.of(grub(boot, question));
        }
        if (name.equals(IPXE_SCRIPT)) {
            return Optional.of(ipxe(boot, sources, question, pxelinux));
        }
        return Optional.empty();
    }

    /** A leading slash makes PXELINUX start at the server's root and not at the folder of its own binary. */
    static String pxelinux(LinuxBoot boot, Optional<BootQuestion> question) {
        String serial = boot.arguments().contains("console=ttyS0") ? "serial 0 115200\n" : "";
        String beginning = question.map(asked -> """
                default local
                say Type %1$s and press Enter to boot %2$s. Without an answer this machine starts from its disk.
                prompt 1
                timeout %3$d
                label local
                  localboot 0
                """.formatted(
                                PXELINUX_LABEL, asked.name(), Math.min(asked.seconds() * 10, PXELINUX_MAX_TIMEOUT)))
                .orElse("""
                default %s
                prompt 0
                timeout 0
                """.formatted(PXELINUX_LABEL));
        return serial + beginning + """
                label %s
                  kernel /%s
                  initrd /%s
                  append %s
                """.formatted(PXELINUX_LABEL, boot.kernel(), boot.initrd(), boot.commandLine());
    }

    static String grub(LinuxBoot boot, Optional<BootQuestion> question) {
        String local = question.isEmpty() ? "" : "menuentry 'Start from the disk' {\n  exit\n}\n";
        return """
                set timeout=%d
                set default=0
                %smenuentry '%s' {
                  linux /%s %s
                  initrd /%s
                }
                """.formatted(
                        question.map(BootQuestion::seconds).orElse(0),
                        local,
                        question.map(asked -> "Boot " + asked.name()).orElse("PXE Mesh"),
                        boot.kernel(),
                        boot.arguments().stream()
                                .map(LoaderConfiguration::quotedForGrub)
                                .collect(Collectors.joining(" ")),
                        boot.initrd());
    }

    /** GRUB's language is a shell: {@code ;}, {@code $} and {@code &} mean something outside of quotes. */
    private static String quotedForGrub(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word + "'";
    }

    /** Over HTTP: whole windows of TCP instead of TFTP's lock-step. A failure ends in the firmware's next boot entry. */
    static String ipxe(
            LinuxBoot boot, List<String> sources, Optional<BootQuestion> question, Optional<TftpLoader> pxelinux) {
        IpxeScript script = new IpxeScript(sources);
        question.ifPresent(script::ask);
        pxelinux.ifPresent(loader -> script.orPxelinux(loader.server(), loader.path()));
        return script.fetch("kernel", "kernel", boot.kernel(), "initrd=initrd " + boot.commandLine())
                .fetch("initrd", "initrd", boot.initrd(), "")
                .boot("kernel");
    }
}
