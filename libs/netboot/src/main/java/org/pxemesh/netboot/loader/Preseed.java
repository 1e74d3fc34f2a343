package org.pxemesh.netboot.loader;

import java.util.List;

/** The Debian installer's way of asking for its answers, which tells that the system has booted. */
public final class Preseed {

    private Preseed() {}

    /**
     * Kernel arguments that make the installer configure its network and fetch its answers.
     *
     * @param checkIn address of the check-in, {@code http://192.0.2.10:8069/checkin/…}, without a slash at its end
     */
    public static List<String> arguments(String checkIn) {
        return List.of(
                "auto=true",
                "priority=critical",
                "interface=auto",
                "locale=en_US",
                "keymap=us",
                "hostname=boot",
                "domain=site",
                // A DHCP server that gives no name server or no router would have the installer ask a person.
                "netcfg/get_nameservers=",
                "netcfg/no_default_route=true",
                "url=" + checkIn + "/preseed.cfg");
    }

    /** The least answers: nothing here partitions a disk; what to install is the deployment's own preseed. */
    public static String minimal() {
        return """
                #_preseed_V1
                # The installer has checked in. Add a preseed to the deployment to install without questions.
                d-i debian-installer/locale string en_US.UTF-8
                d-i keyboard-configuration/xkb-keymap select us
                """;
    }
}
