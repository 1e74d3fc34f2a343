package org.pxemesh.agent.dhcp;

import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.Plans;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/** Boot clients by whose turn they are. */
final class Clients {

    private Clients() {}

    /** A client of that rank for this peer. */
    static String clientWithRank(BootDesk desk, int rank) {
        for (int i = 0; ; i++) {
            String mac = "52:54:00:00:00:%02x".formatted(i);
            var turn = desk.turn(HardwareAddress.parse(mac), Plans.linux());
            if (turn.rank() == rank) {
                return mac;
            }
        }
    }

    /** A client of which this peer speaks for the segment in an attempt when nobody serves it. */
    static String clientReportedInAttempt(BootDesk desk, int attempt) {
        for (int i = 0; ; i++) {
            String mac = "52:54:00:00:01:%02x".formatted(i);
            if (desk.reporterTurn(HardwareAddress.parse(mac)).isFirst(attempt)) {
                return mac;
            }
        }
    }
}
