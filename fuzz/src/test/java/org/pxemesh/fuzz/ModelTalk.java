package org.pxemesh.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pxemesh.zoo.Program;
import org.pxemesh.zoo.ZooEffect;
import org.pxemesh.zoo.ZooEvent;
import org.pxemesh.zoo.firmware.BootClient;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Person;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.DhcpRequest;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;
import org.pxemesh.zoo.wire.Tftp;

/** All that a model of the zoo sends to servers that give it whatever it asks for, in its order. */
final class ModelTalk {

    private static final int DHCP_SERVER = 0xc0000201;
    private static final int BOOT_SERVER = 0xc0000202;
    private static final int ADDRESS = 0xc0000263;
    private static final int TRANSFER_PORT = 40_000;
    private static final int MOST_EVENTS = 500;

    private static final int DISCOVER = 1;
    private static final int OFFER = 2;
    private static final int ACK = 5;

    private final Firmware firmware;
    private final List<Datagram> sent = new ArrayList<>();
    private final List<Datagram> answers = new ArrayList<>();
    private Program client;
    private long now;

    /** What an offer's option 43 holds: nothing, or a menu. */
    private final byte[] menu;

    private ModelTalk(Firmware firmware, Person person, byte[] menu) {
        this.firmware = firmware;
        this.menu = menu;
        this.client = BootClient.off(firmware, firmware.machine(1), ServicePorts.STANDARD)
                .before(person);
    }

    /** The offer names no boot file, so that port 4011 is asked. */
    static List<Datagram> of(Firmware firmware) {
        return all(new ModelTalk(firmware, Person.NOBODY, new byte[0]));
    }

    /** The same before somebody who takes the second entry of a menu: own disk, and boot server type 0x8000. */
    static List<Datagram> ofOneWhoChooses(Firmware firmware) {
        String menu = "060107" + "0807800001c0000202" + "0908" + "00000141" + "80000142" + "0a030a3f3f" + "ff";
        return all(
                new ModelTalk(firmware, Person.TAKES_THE_SECOND, HexFormat.of().parseHex(menu)));
    }

    private static List<Datagram> all(ModelTalk talk) {
        talk.event(new ZooEvent.Started());
        for (int n = 0; n < MOST_EVENTS && !talk.client.isOver(); n++) {
            if (talk.answers.isEmpty()) {
                talk.now = talk.client.dueAt();
                talk.event(new ZooEvent.Tick());
            } else {
                talk.event(new ZooEvent.Received(talk.answers.removeFirst()));
            }
        }
        return talk.sent;
    }

    private void event(ZooEvent event) {
        Program.Step step = client.on(event, now);
        client = step.next();
        for (ZooEffect effect : step.effects()) {
            if (effect instanceof ZooEffect.Send(int port, Endpoint to, byte[] payload)) {
                sent.add(new Datagram(new Endpoint(ADDRESS, port), to, payload));
                switch (to.port()) {
                    case 67 -> dhcp(payload, port);
                    case 4011 -> bootServer(payload, port);
                    case 69 -> granted(payload, port);
                    default -> block(payload, port);
                }
            }
        }
    }

    private void dhcp(byte[] asked, int port) {
        boolean discover = DhcpMessage.read(asked).orElseThrow().type() == DISCOVER;
        byte[] lease = reply(asked, discover ? OFFER : ACK, ADDRESS, 0)
                .address(54, DHCP_SERVER)
                .bytes();
        answer(DHCP_SERVER, 67, port, lease);
        if (discover) {
            DhcpRequest offer = reply(asked, OFFER, 0, BOOT_SERVER).address(54, BOOT_SERVER);
            offer.text(60, firmware.isHttp() ? "HTTPClient" : "PXEClient");
            if (menu.length > 0) {
                offer.option(43, menu);
            }
            if (firmware.isHttp()) {
                offer.text(67, "http://192.0.2.2/x.efi");
            }
            answer(BOOT_SERVER, 67, port, offer.bytes());
        }
    }

    private void bootServer(byte[] asked, int port) {
        byte[] told = reply(asked, ACK, 0, BOOT_SERVER)
                .file("boot/x.efi")
                .address(54, BOOT_SERVER)
                .text(60, "PXEClient")
                .bytes();
        answer(BOOT_SERVER, 4011, port, told);
    }

    private static DhcpRequest reply(byte[] asked, int type, int yiaddr, int siaddr) {
        DhcpMessage message = DhcpMessage.read(asked).orElseThrow();
        byte[] chaddr = Arrays.copyOf(message.chaddr(), message.hardware() & 255);
        return new DhcpRequest(type, message.xid(), chaddr).reply(yiaddr, siaddr);
    }

    /** All options as they were asked; a file of one octet. */
    private void granted(byte[] asked, int port) {
        Map<String, String> options = new LinkedHashMap<>();
        String[] words =
                new String(asked, StandardCharsets.ISO_8859_1).substring(2).split("\0", -1);
        for (int at = 2; at + 2 < words.length; at += 2) {
            options.put(words[at], words[at].equals("tsize") ? "1" : words[at + 1]);
        }
        byte[] packet = Tftp.readRequest("", "", options);
        byte[] ack = Arrays.copyOfRange(packet, 2, packet.length);
        ack[0] = 0;
        ack[1] = Tftp.OACK;
        answer(BOOT_SERVER, TRANSFER_PORT, port, options.isEmpty() ? data() : ack);
    }

    private void block(byte[] packet, int port) {
        if (Tftp.operation(packet) == Tftp.ACK && Tftp.number(packet) == 0) {
            answer(BOOT_SERVER, TRANSFER_PORT, port, data());
        }
    }

    private static byte[] data() {
        return ByteBuffer.allocate(5).put(1, (byte) Tftp.DATA).put(3, (byte) 1).array();
    }

    private void answer(int from, int fromPort, int port, byte[] payload) {
        answers.add(new Datagram(new Endpoint(from, fromPort), new Endpoint(ADDRESS, port), payload));
    }
}
