package org.pxemesh.lab.firmware.wire;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/** tcpdump at a machine's socket on the switch. File contents are left out: requests and answers tell enough. */
public final class Wiretap {
    /** No DATA and ACK of TFTP, nothing of the peers' mesh; of TCP only the beginnings of requests and answers. */
    private static final String FILTER = "(udp and not portrange 7465-7467 and udp[8:2] != 3 and udp[8:2] != 4)"
            + " or (tcp and (tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420"
            + " or tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x48454144"
            + " or tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x48545450))";

    /** Besides, what is no full packet of TFTP (at the block sizes of firmware and loaders) or TCP: the ends of files. */
    private static final String ENDS = " or (udp and udp[8:2] = 3 and udp[4:2] != 524 and udp[4:2] != 1420"
            + " and udp[4:2] != 1440 and udp[4:2] != 1444 and udp[4:2] != 1468 and udp[4:2] != 1480)"
            + " or (tcp and ip[2:2] < 1500 and ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12:1] & 0xf0) >> 2) > 0)";

    private final LabProcess process;
    private final Path file;

    private Wiretap(LabProcess process, Path file) {
        this.process = process;
        this.file = file;
    }

    /**
     * Starts it.
     *
     * @param tap an interface of the site's switch
     */
    public static Wiretap start(Site site, String tap, String name) {
        return start(site, site.lan(), tap, name);
    }

    /** Starts one that also sees where files end, for those who time what comes afterwards. */
    public static Wiretap startTimed(Site site, String tap, String name) {
        return start(site, site.lan(), tap, name, FILTER + ENDS);
    }

    /** Starts it at an interface of any of the site's hosts. */
    public static Wiretap start(Site site, Namespace host, String nic, String name) {
        return start(site, host, nic, name, FILTER);
    }

    private static Wiretap start(Site site, Namespace host, String nic, String name, String filter) {
        Path file = site.folder().resolve(name + ".pcap");
        LabProcess process = site.start(
                name + "-tcpdump",
                host,
                List.of(
                        "tcpdump",
                        "-Z",
                        "root",
                        "-n",
                        "-U",
                        "--immediate-mode",
                        "-s",
                        "1600",
                        "-i",
                        nic,
                        "-w",
                        file.toString(),
                        filter),
                Map.of());
        process.awaitLog("listening on", Duration.ofSeconds(10));
        return new Wiretap(process, file);
    }

    public Path file() {
        return file;
    }

    /** What it has seen so far. */
    public List<Frame> frames() {
        return Capture.read(file);
    }

    public void stop() {
        process.stop();
    }
}
