package org.pxemesh.agent.boot;

import java.util.Optional;
import java.util.function.Function;
import org.pxemesh.netboot.bcd.BcdFirmware;
import org.pxemesh.netboot.bcd.RamdiskStore;
import org.pxemesh.netboot.loader.LoaderConfiguration;
import org.pxemesh.netboot.loader.WimbootScript;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.WindowsPlan;

/** Finds what a client that boots Windows PE asks for: its own BCD store, its iPXE script, the package's files. */
final class WindowsFiles {

    /** As Microsoft's logs show it; the case goes over the wire as it stands in the store. */
    private static final String IMAGE = "\\Boot\\boot.wim";

    private static final String SDI = "\\Boot\\boot.sdi";

    private WindowsFiles() {}

    /**
     * What a name means.
     *
     * @param path normalised
     * @param stored looks a path of the package up
     */
    static Optional<ServedFile> find(
            BootPlan plan,
            WindowsPlan windows,
            String path,
            ScriptTerms terms,
            Function<String, Optional<ServedFile>> stored) {
        WindowsNames names = WindowsNames.of(plan, windows);
        if (names.isBcd(path)) {
            String bcd = windows.boot().storedBcd();
            return bcd == null ? Optional.of(new ServedFile.Made(path, bcd(plan, windows))) : stored.apply(bcd);
        }
        if (plan.hasIpxeScript() && path.equals(LoaderConfiguration.IPXE_SCRIPT)) {
            return Optional.of(ServedFile.Made.of(path, script(windows, terms)));
        }
        return names.file(path).flatMap(stored).or(() -> stored.apply(path));
    }

    private static byte[] bcd(BootPlan plan, WindowsPlan windows) {
        String ref = plan.packageRef();
        return new RamdiskStore(
                        plan.architecture().isUefi() ? BcdFirmware.UEFI : BcdFirmware.BIOS,
                        ref.substring(0, Math.min(ref.length(), 120)),
                        IMAGE,
                        SDI,
                        windows.tftpBlockSize(),
                        windows.tftpWindowSize())
                .toBytes();
    }

    private static String script(WindowsPlan windows, ScriptTerms terms) {
        String wimboot = windows.boot().wimboot();
        return new WimbootScript(terms.sources(), wimboot == null ? "wimboot" : wimboot)
                .text(terms.question(), windows.boot().bootManager() != null);
    }
}
