package org.pxemesh.agent.host;

import java.util.Locale;
import java.util.Optional;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.netboot.pxe.ClientFacts;

/** Turns the failures of opening a socket into one line that says what to do. */
public final class SocketProblems {

    private static final String DHCP_SERVER_HERE =
            "if that is this network's DHCP server, set pxemesh.dhcp.listen=false and let it send option 60 \"PXEClient\""
                    + " to boot clients; otherwise stop it";

    private SocketProblems() {}

    /** @param holder who holds the port, as far as the host can tell */
    public static StartProblem explain(SocketSpec spec, Throwable cause, Optional<String> holder) {
        String where = "UDP port " + spec.port() + " (" + spec.purpose() + ") on "
                + spec.network().getName() + " " + spec.address().getHostAddress();
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("in use")) {
            return new StartProblem(
                    where + " is taken by " + holder.orElse("another process") + ": "
                            + (spec.port() == ClientFacts.DHCP_PORT ? DHCP_SERVER_HERE : "stop it")
                            + ", or leave this interface to it with pxemesh.interfaces",
                    cause);
        }
        if (text.contains("permission") || text.contains("permitted") || text.contains("denied")) {
            return new StartProblem(
                    where + " may not be opened by user " + System.getProperty("user.name")
                            + ": run the agent as root, or give its service CAP_NET_BIND_SERVICE and CAP_NET_RAW",
                    cause);
        }
        if (text.contains("assign requested") || text.contains("no such device")) {
            return new StartProblem(
                    where
                            + " cannot be opened: the interface or its address is gone; the agent tries again when it is back",
                    cause);
        }
        return new StartProblem(where + " cannot be opened: " + cause.getMessage(), cause);
    }
}
