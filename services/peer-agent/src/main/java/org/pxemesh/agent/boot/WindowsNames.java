package org.pxemesh.agent.boot;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.WindowsPlan;

/**
 * What Microsoft's boot programs mean by the names that they ask for. They do not care for case, ask at the root or
 * beside the first program, and know their files by fixed base names, wherever a package keeps them.
 */
final class WindowsNames {

    private static final List<String> BCD = List.of("boot/bcd", "efi/microsoft/boot/bcd");
    private static final Pattern CLIENTS_BCD = Pattern.compile("boot/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/bcd");
    private static final List<String> UEFI_LOADERS =
            List.of("bootmgfw.efi", "bootx64.efi", "bootia32.efi", "bootaa64.efi");

    private final BootPlan plan;
    private final Map<String, String> byBaseName = new HashMap<>();

    private WindowsNames(BootPlan plan, WindowsPlan windows) {
        this.plan = plan;
        WindowsBoot boot = windows.boot();
        alias(baseName(plan.nbp()), plan.nbp());
        if (plan.architecture().isUefi()) {
            UEFI_LOADERS.forEach(name -> alias(name, windows.program()));
            alias("wdsmgfw.efi", boot.promptNbp());
        } else {
            alias("pxeboot.n12", windows.program());
            alias("pxeboot.com", boot.promptNbp());
            alias("bootmgr.exe", boot.bootManager());
        }
        alias("boot.sdi", boot.bootSdi());
        alias("boot.wim", boot.bootWim());
        alias("winpe.wim", boot.bootWim());
        boot.files().stream()
                .filter(path -> !path.equals(boot.kitBcd()) && !path.equals(boot.administratorBcd()))
                .forEach(path -> alias(baseName(path), path));
        // The files of the second signing bear another name in the kit than the one that they are asked for by.
        boot.optional().forEach(path -> alias(baseName(path).replaceFirst("(?i)_ex(?=\\.)", ""), path));
    }

    static WindowsNames of(BootPlan plan, WindowsPlan windows) {
        return new WindowsNames(plan, windows);
    }

    /** The path of the store that option 252 tells a client; its own, so that nobody takes it for another's. */
    static String bcdPath(UUID bootId) {
        return "\\Boot\\" + bootId + "\\BCD";
    }

    /** Whether the boot manager wants its store. */
    boolean isBcd(String path) {
        String key = key(path);
        return BCD.contains(key)
                || CLIENTS_BCD.matcher(key).matches()
                || besideProgram(key).filter(BCD::contains).isPresent();
    }

    /** The package's file behind a name; empty when there is none. */
    Optional<String> file(String path) {
        return Optional.ofNullable(byBaseName.get(baseName(key(path))));
    }

    /** UEFI over HTTP asks for everything below the folder of its first program. */
    private Optional<String> besideProgram(String key) {
        String nbp = key(plan.nbp());
        String folder = nbp.substring(0, nbp.lastIndexOf('/') + 1);
        return folder.isEmpty() || !key.startsWith(folder)
                ? Optional.empty()
                : Optional.of(key.substring(folder.length()));
    }

    private void alias(String name, @Nullable String path) {
        if (path != null) {
            byBaseName.putIfAbsent(key(name), path);
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
