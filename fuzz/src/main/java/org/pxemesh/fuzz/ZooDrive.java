package org.pxemesh.fuzz;

import java.nio.ByteBuffer;
import java.util.List;
import org.pxemesh.zoo.Program;
import org.pxemesh.zoo.ZooEffect;
import org.pxemesh.zoo.ZooEvent;
import org.pxemesh.zoo.audit.ReplyAudit;
import org.pxemesh.zoo.firmware.Bare;
import org.pxemesh.zoo.firmware.BootClient;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;

/**
 * A model of the firmware zoo at a server that answers whatever it likes. The first octet chooses the model. Of each
 * datagram: an octet that says where it comes from and after what pause, two octets with its length, its bytes. What the
 * model believes and what the audit says of it must never throw: one strange server would end an examination.
 */
final class ZooDrive {

    private static final int SERVER = 0xc0000201;
    private static final int[] FROM = {67, 4011, 69, 40_000};
    private static final int SLOT_MILLIS = 250;
    private static final int MOST_DATAGRAMS = 64;

    /** Its transaction id and hardware address are those of the request: a server that mirrors them. */
    private static final int MIRRORS = 0x80;

    private ZooDrive() {}

    static Object of(byte[] bytes) {
        if (bytes.length == 0) {
            return "nothing";
        }
        Firmware firmware = Firmware.ALL.get((bytes[0] & 0xff) % Firmware.ALL.size());
        Bare machine = firmware.machine(1);
        Program client = BootClient.off(firmware, machine, ServicePorts.STANDARD);
        Run run = new Run(firmware, machine, client);
        run.event(new ZooEvent.Started());
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        for (int n = 0; n < MOST_DATAGRAMS && in.remaining() >= 3; n++) {
            run.datagram(in);
        }
        return firmware.name() + " sent=" + run.sent + " findings=" + run.findings + " "
                + ((BootClient) run.client).phase().getClass().getSimpleName();
    }

    private static final class Run {
        private final Firmware firmware;
        private final Bare machine;
        private Program client;
        private long now;
        private int sent;
        private int findings;
        private int port = ServicePorts.STANDARD.client();
        private byte[] asked = new byte[0];

        Run(Firmware firmware, Bare machine, Program client) {
            this.firmware = firmware;
            this.machine = machine;
            this.client = client;
        }

        void datagram(ByteBuffer in) {
            int how = in.get() & 0xff;
            int length = Math.min(in.getShort() & 0xffff, in.remaining());
            byte[] payload = new byte[length];
            in.get(payload);
            if ((how & MIRRORS) != 0 && length >= 44 && asked.length >= 44) {
                System.arraycopy(asked, 4, payload, 4, 4);
                System.arraycopy(machine.chaddr(), 0, payload, 28, machine.chaddr().length);
            }
            now += (long) (how >> 2 & 31) * SLOT_MILLIS;
            if (client.dueAt() <= now) {
                event(new ZooEvent.Tick());
            }
            event(new ZooEvent.Received(
                    new Datagram(new Endpoint(SERVER, FROM[how & 3]), new Endpoint(0xc0000263, port), payload)));
        }

        void event(ZooEvent event) {
            Program.Step step = client.on(event, now);
            client = step.next();
            List<ZooEffect> effects = step.effects();
            for (ZooEffect effect : effects) {
                switch (effect) {
                    case ZooEffect.Send send -> {
                        sent++;
                        port = send.fromPort();
                        asked = send.payload();
                    }
                    case ZooEffect.SawReply saw ->
                        findings += ReplyAudit.judge(firmware, ServicePorts.STANDARD, saw)
                                .size();
                }
            }
        }
    }
}
