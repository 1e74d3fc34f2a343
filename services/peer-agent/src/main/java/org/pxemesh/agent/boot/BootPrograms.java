package org.pxemesh.agent.boot;

import org.pxemesh.netboot.loader.LoaderConfiguration;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.policy.BootPlan;

/** What a client is told to fetch first, which depends on the stage that it has reached. */
final class BootPrograms {

    private BootPrograms() {}

    /**
     * The NBP's path; for HTTP clients its address, or that of the disk which it boots best from; for an iPXE that our plan
     * started, its script's address (the binary again would be a loop), and for an iPXE that loads Linux as well as the NBP
     * would: HTTP takes a tenth of TFTP's time (decision 037).
     *
     * @param whole whether who serves it has all of the package
     */
    static String of(BootPlan plan, ClientFacts facts, BootAddresses addresses, BootToken boot, boolean whole) {
        if (facts.ipxe() && plan.hasIpxeScript() || loadsLinuxItself(plan, facts)) {
            return addresses.files(boot) + "/" + LoaderConfiguration.IPXE_SCRIPT;
        }
        if (facts.httpClient()) {
            return addresses.files(boot) + "/" + (whole && BootDisk.isFor(plan) ? BootDisk.NAME : plan.nbp());
        }
        return plan.nbp();
    }

    private static boolean loadsLinuxItself(BootPlan plan, ClientFacts facts) {
        return facts.loadsLinux() && plan.loaderOnlyLoadsLinux() && KernelArguments.isPlainInScripts(plan.arguments());
    }
}
