package org.pxemesh.netboot.loader;

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

    private LoaderConfiguration() {}

    /**
     * The configuration for a loader that asks for this file.
     *
     * @param path normalised, in any folder
     * @param httpBase where iPXE fetches the tree's files, {@code http://192.0.2.10:8069/boot/…}, without a slash at its
     *     end
     * @return empty when the name is no loader's configuration
     */
    public static Optional<String> of(String path, LinuxBoot boot, String httpBase) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        String folder = slash < 0 ? "" : path.substring(0, slash);
        if (folder.equals("pxelinux.cfg") || folder.endsWith("/pxelinux.cfg")) {
            return Optional.of(pxelinux(boot));
        }
        if (name.equals("grub.cfg") || name.startsWith("grub.cfg-")) {
            return Optional.of(grub(boot));
        }
        if (name.equals(IPXE_SCRIPT)) {
            return Optional.of(ipxe(boot, httpBase));
        }
        return Optional.empty();
    }

    /** A leading slash makes PXELINUX start at the server's root and not at the folder of its own binary. */
    static String pxelinux(LinuxBoot boot) {
        String serial = boot.arguments().contains("console=ttyS0") ? "serial 0 115200\n" : "";
        return serial + """
                default pxemesh
                prompt 0
                timeout 0
                label pxemesh
                  kernel /%s
                  initrd /%s
                  append %s
                """.formatted(boot.kernel(), boot.initrd(), boot.commandLine());
    }

    static String grub(LinuxBoot boot) {
        return """
                set timeout=0
                set default=0
                menuentry 'PXE Mesh' {
                  linux /%s %s
                  initrd /%s
                }
                """.formatted(
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
    static String ipxe(LinuxBoot boot, String httpBase) {
        return """
                #!ipxe
                kernel --name kernel %s/%s initrd=initrd %s
                initrd --name initrd %s/%s
                boot kernel
                """.formatted(httpBase, boot.kernel(), boot.commandLine(), httpBase, boot.initrd());
    }
}
