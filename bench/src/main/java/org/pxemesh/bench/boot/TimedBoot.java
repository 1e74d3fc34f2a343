package org.pxemesh.bench.boot;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.firmware.wire.Frame;
import org.pxemesh.lab.firmware.wire.WireStory;
import org.pxemesh.lab.firmware.wire.Wiretap;
import org.pxemesh.lab.site.Site;

/** One boot: the beginning by the packet capture's clock, the end by the console's, which is looked at every 5 ms. */
final class TimedBoot {
    private static final String FIRST_LINE = "Linux version";
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long BETWEEN_LOOKS_NANOS = 5_000_000;

    private TimedBoot() {}

    /** Seconds from the first DISCOVER to the system's first line. */
    static double of(Site site, Firmware firmware, String name, String mac) {
        String tap = site.tap();
        Wiretap wiretap = Wiretap.start(site, tap, name);
        Machine machine =
                Machine.switchOn(site, tap, name, firmware.command(name, "virtio-net-pci", mac, site.folder()), mac);
        try {
            double end = awaitFirstLine(machine, name);
            List<Frame> dhcp = WireStory.dhcp(wiretap.frames(), mac);
            if (dhcp.isEmpty()) {
                throw new LabException(name + " booted without a DISCOVER; see " + wiretap.file());
            }
            return Math.round((end - dhcp.getFirst().second()) * 1000) / 1000.0;
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
