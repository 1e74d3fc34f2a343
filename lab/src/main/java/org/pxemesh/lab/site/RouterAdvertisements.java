package org.pxemesh.lab.site;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.run.LabProcess;

/**
 * The office router's IPv6 side: it advertises a prefix, as today's office routers do.
 *
 * <p>Without any advertisement the iPXE in QEMU's option ROMs waits 15 s for one after DHCP is long done, which would say
 * nothing about us. Nobody boots over IPv6 here.
 */
final class RouterAdvertisements {
    private RouterAdvertisements() {}

    static LabProcess start(Namespace router, String nic, Site site) {
        String prefix = "fd00:" + site.subnets().second() + ":1::";
        router.ip("-6", "address", "add", prefix + "1/64", "dev", nic, "nodad");
        LabProcess process = site.start(
                "router-advertisements",
                router,
                List.of(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--port=0",
                        "--user=root",
                        "--interface=" + nic,
                        "--enable-ra",
                        "--dhcp-range=" + prefix + ",ra-only",
                        "--pid-file=" + site.folder().resolve("router-advertisements.pid"),
                        "--log-facility=-"),
                Map.of());
        process.awaitLog("IPv6 router advertisement enabled", Duration.ofSeconds(10));
        return process;
    }
}
