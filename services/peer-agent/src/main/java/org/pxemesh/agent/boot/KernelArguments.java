package org.pxemesh.agent.boot;

import java.util.ArrayList;
import java.util.List;
import org.pxemesh.netboot.loader.LinuxBoot;
import org.pxemesh.netboot.loader.Preseed;

/** The kernel's command line: what the installer needs to check in, then what package and deployment say. */
final class KernelArguments {

    /** Stands for the check-in address in a package's or a deployment's arguments. */
    private static final String CHECK_IN = "${checkin}";

    private KernelArguments() {}

    /** The given arguments go before ours: one that is set there already is left out here. */
    static List<String> of(List<String> given, String checkIn) {
        List<String> all = new ArrayList<>();
        for (String ours : Preseed.arguments(checkIn)) {
            String key = ours.substring(0, ours.indexOf('=') + 1);
            if (given.stream().noneMatch(argument -> argument.startsWith(key))) {
                all.add(ours);
            }
        }
        given.forEach(argument -> all.add(argument.replace(CHECK_IN, checkIn)));
        return all;
    }

    /** Whether iPXE would hand them to the kernel as they are; ours are. */
    static boolean isPlainInScripts(List<String> given) {
        return given.stream().map(argument -> argument.replace(CHECK_IN, "")).allMatch(LinuxBoot::isPlainInScripts);
    }
}
