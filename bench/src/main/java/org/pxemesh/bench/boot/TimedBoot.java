package org.pxemesh.bench.boot;

import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.firmware.wire.Wiretap;
import org.pxemesh.lab.site.Site;

/** One boot: the beginning by the packet capture's clock, the end by the console's, which is looked at every 5 ms. */
final class TimedBoot {
    private static final String FIRST_LINE = "Linux version";
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long BETWEEN_LOOKS_NANOS = 5_000_000;

    private TimedBoot() {}

    /** Boots a machine to its system's first line, and switches it off. */
    static BootSteps of(Site site, Firmware firmware, String name, String mac) {
        String tap = site.tap();
        Wiretap wiretap = Wiretap.startTimed(site, tap, name);
        Machine machine =
                Machine.switchOn(site, tap, name, firmware.command(name, "virtio-net-pci", mac, site.folder()), mac);
        try {
            double firstLine = awaitFirstLine(machine, name);
            return BootSteps.of(wiretap.frames(), mac, firstLine);
        } finally {
            machine.switchOff();
            wiretap.stop();
        }
    }

    /** By the wall clock, which the capture has too. */
    private static double awaitFirstLine(Machine machine, String name) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!machine.console().contains(FIRST_LINE)) {
            if (!machine.isOn() || System.nanoTime() > deadline) {
                throw new LabException(name + " did not come to its operating system; see its console and capture");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        return Clock.systemUTC().millis() / 1000.0;
    }
}
