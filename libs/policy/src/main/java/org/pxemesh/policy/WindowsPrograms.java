package org.pxemesh.policy;

import org.jspecify.annotations.Nullable;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;

/** Which program a Windows PE begins with. */
final class WindowsPrograms {

    private WindowsPrograms() {}

    /** Whether a person can be asked: by Microsoft's own program, or by iPXE's script. */
    static boolean canPrompt(WindowsBoot windows) {
        return byIpxe(windows) || windows.promptNbp() != null;
    }

    /** The program for a deployment; over HTTP it is iPXE, which asks by itself. */
    static String nbp(LoaderState loader, WindowsBoot windows, DeploymentKind kind) {
        String ipxe = windows.ipxe();
        if (byIpxe(windows) && ipxe != null) {
            return ipxe;
        }
        String prompt = windows.promptNbp();
        return kind == DeploymentKind.AVAILABLE && prompt != null ? prompt : loader.nbp();
    }

    static boolean byIpxe(@Nullable WindowsBoot windows) {
        return windows != null
                && windows.delivery() == WindowsDelivery.WIMBOOT
                && windows.ipxe() != null
                && windows.wimboot() != null;
    }
}
