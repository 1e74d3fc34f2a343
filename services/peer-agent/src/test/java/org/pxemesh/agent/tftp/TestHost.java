package org.pxemesh.agent.tftp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.function.Supplier;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.linux.LinuxNetwork;
import org.pxemesh.agent.host.linux.RefusingNetwork;
import org.pxemesh.agent.host.portable.PortableNetwork;

/** What the server's tests run on, each of them on all. */
enum TestHost {
    LINUX(LinuxNetwork::new),
    LINUX_WITHOUT_SEGMENTATION(RefusingNetwork::withoutSegmentation),
    LINUX_WITH_A_NARROW_WAY(RefusingNetwork::withANarrowWay),
    PORTABLE(PortableNetwork::new);

    private final Supplier<HostNetwork> network;

    TestHost(Supplier<HostNetwork> network) {
        this.network = network;
    }

    HostNetwork open() {
        assumeTrue(this == PORTABLE || LinuxNetwork.isAvailable(), "epoll is not available here");
        return network.get();
    }
}
