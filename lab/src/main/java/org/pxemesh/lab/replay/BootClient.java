package org.pxemesh.lab.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bare machine up to its operating system: a real DHCP exchange, then TFTP as its boot programs do it. It runs in the
 * machine's namespace, reads one command per line (words between tabs) and prints one line of JSON for each:
 *
 * <pre>
 *   discover [ipxe]     asks for an address and a boot server, takes the address
 *   bootserver ADDRESS  asks a BINL server at port 4011 for the file
 *   tftp ADDRESS ACTION OPTIONS NAME FILE
 *   http URL FILE
 *   head URL
 *   windows NAME SERVER  asks the DHCP server as a Windows does that has just started
 * </pre>
 */
public final class BootClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 4;
    private static final int COLLECT_MILLIS = 2_000;

    private final String mac;
    private final int architecture;
    private final DatagramSocket dhcp;
    private int xid = 0x57696e00;
    private @Nullable InetAddress address;

    private BootClient(String mac, int architecture, DatagramSocket dhcp) {
        this.mac = mac;
        this.architecture = architecture;
        this.dhcp = dhcp;
    }

    /** @param args the machine's hardware address and its architecture, option 93 */
    public static void main(String[] args) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(68))) {
            socket.setBroadcast(true);
            BootClient client = new BootClient(args[0], Integer.parseInt(args[1]), socket);
            client.xid += args[0].hashCode() & 0xff;
            System.out.println("{\"ready\":true}");
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line;
            while ((line = input.readLine()) != null) {
                System.out.println(client.answer(line.split("\t", -1)));
            }
        }
    }

    private ObjectNode answer(String[] words) throws IOException {
        return switch (words[0]) {
            case "discover" -> discover(words.length > 1);
            case "bootserver" -> bootServer(InetAddress.getByName(words[1]));
            case "tftp" -> tftp(words);
            case "http" -> http("GET", words[1], words[2]);
            case "head" -> http("HEAD", words[1], "");
            case "windows" -> windows(words[1], InetAddress.getByName(words[2]));
            default -> JSON.createObjectNode().put("error", "unknown command " + words[0]);
        };
    }

    /** Both offers, then the lease, as firmware takes them. */
    private ObjectNode discover(boolean ipxe) throws IOException {
        ObjectNode told = JSON.createObjectNode();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            xid += 0x100;
            broadcast(DhcpWire.packet(DhcpWire.DISCOVER, mac, xid, architecture, ipxe, null, null, null));
            Map<Boolean, DhcpWire.Reply> offers = new LinkedHashMap<>();
            await(reply -> reply.type() == 2, offers, 2);
            DhcpWire.Reply lease = offers.get(false);
            if (lease != null && (offers.containsKey(true) || attempt == TRIES - 1)) {
                DhcpWire.Reply proxy = offers.get(true);
                if (proxy != null) {
                    told.set("offer", json(proxy));
                }
                return take(lease, ipxe, told);
            }
        }
        return told.put("error", "no DHCP offer");
    }

    private ObjectNode take(DhcpWire.Reply offer, boolean ipxe, ObjectNode told) throws IOException {
        InetAddress server = InetAddress.getByAddress(offer.options().getOrDefault(54, new byte[4]));
        broadcast(DhcpWire.packet(DhcpWire.REQUEST, mac, xid, architecture, ipxe, null, offer.yiaddr(), server));
        Map<Boolean, DhcpWire.Reply> acks = new LinkedHashMap<>();
        await(reply -> reply.type() == 5 && !reply.isProxy(), acks, 1);
        if (acks.isEmpty()) {
            return told.put("error", "the DHCP server did not acknowledge");
        }
        address = offer.yiaddr();
        return told.put("address", address.getHostAddress())
                .put("dhcpServer", server.getHostAddress())
                .put("dhcpServerHas252", offer.options().containsKey(252));
    }

    private ObjectNode bootServer(InetAddress server) throws IOException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            byte[] request = DhcpWire.packet(DhcpWire.REQUEST, mac, xid, architecture, false, address, null, null);
            dhcp.send(new DatagramPacket(request, request.length, server, 4011));
            Map<Boolean, DhcpWire.Reply> acks = new LinkedHashMap<>();
            await(reply -> reply.type() == 5, acks, 1);
            if (!acks.isEmpty()) {
                return json(acks.values().iterator().next());
            }
        }
        return JSON.createObjectNode().put("error", "port 4011 is silent");
    }

    private void broadcast(byte[] packet) throws IOException {
        dhcp.send(new DatagramPacket(packet, packet.length, InetAddress.getByName("255.255.255.255"), 67));
    }

    /** Collects the first reply of either kind, a proxy's or not, until there are enough or the time is over. */
    private void await(Predicate<DhcpWire.Reply> wanted, Map<Boolean, DhcpWire.Reply> found, int enough)
            throws IOException {
        byte[] buffer = new byte[1500];
        long deadline = System.nanoTime() + COLLECT_MILLIS * 1_000_000L;
        while (found.size() < enough && System.nanoTime() < deadline) {
            dhcp.setSoTimeout((int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                dhcp.receive(packet);
            } catch (SocketTimeoutException silence) {
                return;
            }
            DhcpWire.Reply reply = DhcpWire.read(buffer, packet.getLength(), xid);
            if (reply != null && wanted.test(reply)) {
                found.putIfAbsent(reply.isProxy(), reply);
            }
        }
    }

    private static ObjectNode json(DhcpWire.Reply reply) {
        return JSON.createObjectNode()
                .put("siaddr", reply.siaddr().getHostAddress())
                .put("serverId", reply.hex(54))
                .put("file", reply.file().isEmpty() ? reply.text(67) : reply.file())
                .put("option43", reply.hex(43))
                .put("option252", reply.hex(252));
    }

    private static ObjectNode tftp(String[] words) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : words[3].isEmpty() ? new String[0] : words[3].split(",")) {
            options.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        TftpReplay.Ended ended =
                TftpReplay.run(InetAddress.getByName(words[1]), words[4], TftpReplay.Action.valueOf(words[2]), options);
        if (!words[5].isEmpty() && ended.outcome().equals("DATA")) {
            Files.write(Path.of(words[5]), ended.content());
        }
        ObjectNode told = JSON.createObjectNode()
                .put("outcome", ended.outcome())
                .put("bytes", ended.content().length)
                .put("sha256", sha256(ended.content()))
                .put("answerMillis", Math.round(ended.answerMillis() * 10) / 10.0)
                .put("seconds", Math.round(ended.seconds() * 1000) / 1000.0);
        ended.granted().forEach(told.putObject("granted")::put);
        return told;
    }

    private ObjectNode windows(String name, InetAddress server) throws IOException {
        if (address == null) {
            return JSON.createObjectNode().put("error", "this machine has no address yet");
        }
        xid += 0x100;
        broadcast(DhcpWire.windows(mac, xid, name, address, server));
        Map<Boolean, DhcpWire.Reply> acks = new LinkedHashMap<>();
        await(reply -> reply.type() == 5, acks, 1);
        return JSON.createObjectNode().put("acknowledged", !acks.isEmpty());
    }

    private static ObjectNode http(String method, String url, String saveTo) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(3_000);
        connection.setReadTimeout(10_000);
        int status = connection.getResponseCode();
        byte[] body = status == 200 ? connection.getInputStream().readAllBytes() : new byte[0];
        if (!saveTo.isEmpty() && status == 200) {
            Files.write(Path.of(saveTo), body);
        }
        return JSON.createObjectNode()
                .put("outcome", status == 200 ? "DATA" : "HTTP " + status)
                .put("bytes", body.length)
                .put("length", connection.getContentLengthLong())
                .put("type", String.valueOf(connection.getContentType()))
                .put("sha256", sha256(body))
                .put("text", body.length < 4096 ? new String(body, StandardCharsets.UTF_8) : "");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
