package org.pxemesh.zoo.sim;

import java.util.ArrayList;
import java.util.List;
import org.pxemesh.zoo.Program;
import org.pxemesh.zoo.ZooEffect;
import org.pxemesh.zoo.ZooEvent;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.Endpoint;

/** A bare machine on the wire: a program and the notes of what it saw. */
public final class BareHost implements Host {

    private final int address;
    private final List<ZooEffect.SawReply> saw = new ArrayList<>();
    private Program program;

    /** @param address that it is going to have */
    public BareHost(int address, Program program) {
        this.address = address;
        this.program = program;
    }

    /** Power on. */
    public List<Datagram> start(long now) {
        return move(program.on(new ZooEvent.Started(), now));
    }

    public Program program() {
        return program;
    }

    /** The servers' replies so far. */
    public List<ZooEffect.SawReply> saw() {
        return saw;
    }

    @Override
    public int address() {
        return address;
    }

    @Override
    public List<Datagram> hear(Datagram datagram, long now) {
        return move(program.on(new ZooEvent.Received(datagram), now));
    }

    @Override
    public long dueAt() {
        return program.dueAt();
    }

    @Override
    public List<Datagram> tick(long now) {
        return move(program.on(new ZooEvent.Tick(), now));
    }

    private List<Datagram> move(Program.Step step) {
        program = step.next();
        List<Datagram> out = new ArrayList<>();
        for (ZooEffect effect : step.effects()) {
            switch (effect) {
                case ZooEffect.Send(int port, Endpoint to, byte[] payload) ->
                    out.add(new Datagram(new Endpoint(address, port), to, payload));
                case ZooEffect.SawReply reply -> saw.add(reply);
            }
        }
        return out;
    }
}
