package org.pxemesh.zoo;

import java.util.List;
import java.util.function.UnaryOperator;
import org.pxemesh.zoo.sim.Host;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.DhcpRequest;
import org.pxemesh.zoo.wire.Endpoint;

/** Somebody else's boot server: a proxy offer for each DISCOVER, and at port 4011 silence or an empty answer. */
final class ForeignProxy implements Host {

    private final int address;
    private final UnaryOperator<DhcpRequest> form;
    private boolean answers;

    ForeignProxy(int address, UnaryOperator<DhcpRequest> form) {
        this.address = address;
        this.form = form;
    }

    ForeignProxy answering4011() {
        answers = true;
        return this;
    }

    @Override
    public int address() {
        return address;
    }

    @Override
    public List<Datagram> hear(Datagram datagram, long now) {
        DhcpMessage message = DhcpMessage.read(datagram.payload()).orElse(null);
        int port = datagram.to().port();
        if (message == null || message.op() != 1) {
            return List.of();
        }
        byte[] chaddr = java.util.Arrays.copyOf(message.chaddr(), message.hardware() & 255);
        if (port == 67 && message.type() == 1) {
            DhcpRequest offer = form.apply(new DhcpRequest(2, message.xid(), chaddr).reply(0, address));
            return List.of(new Datagram(
                    new Endpoint(address, 67),
                    new Endpoint(Endpoint.BROADCAST, 68),
                    offer.address(54, address).bytes()));
        }
        if (port == 4011 && answers) {
            byte[] ack = new DhcpRequest(5, message.xid(), chaddr)
                    .reply(0, address)
                    .address(54, address)
                    .bytes();
            return List.of(new Datagram(new Endpoint(address, 4011), datagram.from(), ack));
        }
        return List.of();
    }

    @Override
    public long dueAt() {
        return Long.MAX_VALUE;
    }

    @Override
    public List<Datagram> tick(long now) {
        return List.of();
    }
}
