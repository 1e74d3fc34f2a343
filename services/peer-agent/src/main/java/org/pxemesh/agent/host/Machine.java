package org.pxemesh.agent.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.agent.config.AgentConfig.HostKind;
import org.pxemesh.mesh.PeerFacts.Power;

/** The machine that the agent runs on, as far as the agent looks at it. */
public interface Machine {
    /** Its interfaces with an IPv4 address, loopback left out. Read afresh; about a tenth of a millisecond. */
    List<NetworkPort> ports();

    /** The names of all its interfaces, whether or not they have an address. */
    List<String> interfaceNames();

    /** The SMBIOS GUID, lower case with dashes; nothing where the agent may not read it. */
    Optional<String> smbiosGuid();

    String hostName();

    Power power();

    /** What collections look at: {@code os}, {@code arch}, {@code chassis}. */
    Map<String, String> labels();

    /** The machine behind a setting; {@code auto} takes the operating system's own code where there is some. */
    static Machine of(HostKind kind) {
        var linux = System.getProperty("os.name", "").startsWith("Linux");
        return switch (kind) {
            case LINUX -> new LinuxMachine();
            case PORTABLE -> new PortableMachine();
            case AUTO -> linux ? new LinuxMachine() : new PortableMachine();
        };
    }
}
