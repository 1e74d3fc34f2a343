package org.pxemesh.agent.mesh;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.util.ExtendedUUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.mesh.MeshView;

/**
 * The group over JGroups. A member's address is random and carries its peer id, so that a view says who is there without
 * another message; a peer that joins again does so under a new address, because the group remembers old ones.
 */
public class JGroupsMembership implements Membership {
    private static final Logger LOG = Logger.getLogger(JGroupsMembership.class);
    private static final String PEER = "peer";
    private static final String CLUSTER = "pxemesh";

    private final UUID self;
    private final InetAddress address;
    private final AgentConfig.Mesh config;
    private @Nullable Joined current;

    /**
     * @param address of the serving interface
     */
    public JGroupsMembership(UUID self, InetAddress address, AgentConfig.Mesh config) {
        this.self = self;
        this.address = address;
        this.config = config;
    }

    @Override
    public synchronized void join(Listener listener) {
        leave();
        var joining = new Joined(listener);
        current = joining;
        Thread.ofVirtual().name("mesh-join").start(joining::connect);
    }

    @Override
    public synchronized void leave() {
        var leaving = current;
        current = null;
        if (leaving != null) {
            Thread.ofVirtual().name("mesh-leave").start(leaving::close);
        }
    }

    @Override
    public boolean send(UUID peer, byte[] message) {
        var joined = joined();
        if (joined == null) {
            return false;
        }
        var to = joined.members.get(peer);
        return to != null && joined.send(to, message);
    }

    @Override
    public boolean broadcast(byte[] message) {
        var joined = joined();
        return joined != null && joined.send(null, message);
    }

    private synchronized @Nullable Joined joined() {
        return current;
    }

    private synchronized boolean isCurrent(Joined joined) {
        return current == joined;
    }

    /** Leaves the group; a test that plays a killed process says no goodbye. */
    protected void end(JChannel channel) {
        channel.close();
    }

    private static Optional<UUID> peerOf(@Nullable Address address) {
        if (address instanceof ExtendedUUID extended) {
            var bytes = extended.get(PEER);
            if (bytes != null && bytes.length == 16) {
                var buffer = ByteBuffer.wrap(bytes);
                return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
            }
        }
        return Optional.empty();
    }

    private Address newAddress() {
        var bytes = ByteBuffer.allocate(16)
                .putLong(self.getMostSignificantBits())
                .putLong(self.getLeastSignificantBits())
                .array();
        return ExtendedUUID.randomUUID(self.toString()).put(PEER, bytes);
    }

    /** One stay in the group. */
    private final class Joined implements Receiver {
        private final Listener listener;
        private volatile Map<UUID, Address> members = Map.of();
        private @Nullable JChannel channel;

        Joined(Listener listener) {
            this.listener = listener;
        }

        void connect() {
            try {
                var connecting = new JChannel(MeshStack.protocols(address, config));
                connecting.addAddressGenerator(JGroupsMembership.this::newAddress);
                connecting.setName(self.toString());
                connecting.setDiscardOwnMessages(true);
                connecting.setReceiver(this);
                synchronized (this) {
                    channel = connecting;
                }
                if (isCurrent(this)) {
                    connecting.connect(CLUSTER);
                }
                if (!isCurrent(this)) {
                    close();
                }
            } catch (Exception e) {
                if (isCurrent(this)) {
                    listener.lost("the mesh cannot be joined on " + address.getHostAddress() + ": " + e.getMessage());
                }
                close();
            }
        }

        void close() {
            JChannel closing;
            synchronized (this) {
                closing = channel;
                channel = null;
            }
            if (closing != null) {
                end(closing);
            }
        }

        boolean send(@Nullable Address to, byte[] message) {
            JChannel open;
            synchronized (this) {
                open = channel;
            }
            if (open == null || !open.isConnected() || message.length > MAX_MESSAGE) {
                return false;
            }
            try {
                open.send(new BytesMessage(to, message));
                return true;
            } catch (Exception e) {
                LOG.debugf(e, "event=mesh-send-failed to=%s bytes=%d", to, message.length);
                return false;
            }
        }

        @Override
        public void viewAccepted(View view) {
            if (!isCurrent(this)) {
                return;
            }
            Map<UUID, Address> known = new HashMap<>();
            List<UUID> order = new ArrayList<>();
            for (var member : view.getMembers()) {
                // Two members with one id are a cloned disk; the older one keeps it.
                peerOf(member)
                        .filter(peer -> known.putIfAbsent(peer, member) == null)
                        .ifPresent(order::add);
            }
            members = Map.copyOf(known);
            listener.viewChanged(new MeshView(view.getViewId().getId(), order, view instanceof MergeView));
        }

        @Override
        public void receive(Message message) {
            if (!isCurrent(this) || !(message instanceof BytesMessage) || message.getLength() > MAX_MESSAGE) {
                return;
            }
            var bytes = new byte[message.getLength()];
            System.arraycopy(message.getArray(), message.getOffset(), bytes, 0, bytes.length);
            peerOf(message.getSrc()).ifPresent(from -> listener.received(from, bytes));
        }
    }
}
