package org.pxemesh.netboot.watch;

import org.pxemesh.netboot.dhcp.Ipv4Address;

/**
 * Something wrong.
 *
 * @param server whose doing it is; 0.0.0.0 where it is nobody's
 * @param detail what exactly was seen; empty where there is no more to say
 */
public record Finding(Trouble trouble, Ipv4Address server, String detail) {

    static Finding of(Trouble trouble) {
        return new Finding(trouble, Ipv4Address.NONE, "");
    }

    /** One line for people. */
    @Override
    public String toString() {
        return trouble.code() + (server.isNone() ? "" : " " + server) + ": " + trouble.meaning()
                + (detail.isEmpty() ? "" : " (" + detail + ")") + ". Users see: " + trouble.symptom() + ". Cure: "
                + trouble.cure();
    }
}
