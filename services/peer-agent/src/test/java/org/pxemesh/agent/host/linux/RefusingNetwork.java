package org.pxemesh.agent.host.linux;

import java.net.Inet4Address;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/** Linux with a device or a way that refuses to send what others take. */
public final class RefusingNetwork implements HostNetwork {

    private static final int BUFFER = 1 << 20;

    private final LinuxNetwork linux = new LinuxNetwork();
    private final ToIntFunction<RefusingSends.Message> verdict;

    private RefusingNetwork(ToIntFunction<RefusingSends.Message> verdict) {
        this.verdict = verdict;
    }

    /** A device that cuts nothing because it computes no checksums. */
    public static RefusingNetwork withoutSegmentation() {
        return new RefusingNetwork(message -> message.isSegmented() ? SocketCalls.EIO : 0);
    }

    /** A way too narrow for the longest packets: none is cut, and each length passes only as fragments. */
    public static RefusingNetwork withANarrowWay() {
        Set<Integer> fragmented = new HashSet<>();
        return new RefusingNetwork(message -> {
            if (message.isSegmented()) {
                return SocketCalls.EINVAL;
            }
            return message.length() > 400 && fragmented.add(message.length()) ? SocketCalls.EMSGSIZE : 0;
        });
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public BatchSockets openBatch(List<SocketSpec> specs) {
        return LinuxBatch.open(specs, BUFFER, port -> Optional.empty(), real -> new RefusingSends(verdict, real));
    }

    @Override
    public Optional<HardwareAddress> neighbour(Inet4Address address) {
        return linux.neighbour(address);
    }
}
