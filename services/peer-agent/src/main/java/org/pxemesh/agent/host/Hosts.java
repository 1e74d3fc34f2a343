package org.pxemesh.agent.host;

import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.config.AgentConfig.HostKind;
import org.pxemesh.agent.host.linux.LinuxNetwork;
import org.pxemesh.agent.host.portable.PortableNetwork;

/** Chooses the code that speaks to this operating system. */
public final class Hosts {

    private Hosts() {}

    /** Whether sockets hear broadcasts of their own interface alone; where not, only one network can be served. */
    public static boolean tellsInterfacesApart(HostKind kind) {
        return switch (kind) {
            case LINUX -> true;
            case PORTABLE -> false;
            case AUTO -> LinuxNetwork.isAvailable();
        };
    }

    /** @throws StartProblem when {@code linux} is demanded on another system */
    public static HostNetwork network(HostKind kind) {
        return switch (kind) {
            case LINUX -> {
                if (!LinuxNetwork.isAvailable()) {
                    throw new StartProblem("pxemesh.host=linux, but this is no 64-bit Linux ("
                            + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                            + "): set pxemesh.host=auto or portable");
                }
                yield new LinuxNetwork();
            }
            case PORTABLE -> new PortableNetwork();
            case AUTO -> LinuxNetwork.isAvailable() ? new LinuxNetwork() : new PortableNetwork();
        };
    }
}
