package org.pxemesh.agent.mesh;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.util.ExtendedUUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.mesh.JoinPace;
import org.pxemesh.mesh.MeshView;
import org.pxemesh.mesh.Patience;

/**
 * The group over JGroups. A member's address carries its peer id, so that a view says who is there without another message;
 * a peer that joins again does so under a new address, because the group remembers old ones. Addresses grow with the time
 * of joining: of several that look for a group, and of groups that merge, JGroups lets the lowest begin.
 */
public class JGroupsMembership implements Membership {
    private static final Logger LOG = Logger.getLogger(JGroupsMembership.class);
    private static final String PEER = "peer";
    private static final String CLUSTER = "pxemesh";

    private final UUID self;
    private final InetAddress address;
    private final AgentConfig.Mesh config;
    private volatile Patience patience = Patience.CALM;
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

    @Override
    public void late(long millis) {
        patience = patience.saw(millis, millis());
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
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
        var random = ThreadLocalRandom.current();
        var later = System.currentTimeMillis() << 16 | random.nextInt(1 << 16);
        return new ExtendedUUID(later, random.nextLong()).put(PEER, bytes);
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
                var began = millis();
                var connecting = new JChannel(
                        MeshStack.protocols(address, config, new PatientVerification(() -> patience.millis(millis()))));
                connecting.addAddressGenerator(JGroupsMembership.this::newAddress);
                connecting.setName(self.toString());
                connecting.setDiscardOwnMessages(true);
                connecting.setReceiver(this);
                synchronized (this) {
                    channel = connecting;
                }
                if (isCurrent(this)) {
                    var wait = JoinPace.first(MeshStack.JOIN_MILLIS, millis() - began);
                    connecting.getProtocolStack().<GMS>findProtocol(GMS.class).setJoinTimeout(wait);
                    LOG.infof("event=mesh-joining address=%s wait-ms=%d", address.getHostAddress(), wait);
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
