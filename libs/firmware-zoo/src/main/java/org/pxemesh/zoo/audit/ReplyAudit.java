package org.pxemesh.zoo.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.pxemesh.zoo.ZooEffect.Question;
import org.pxemesh.zoo.ZooEffect.SawReply;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;

/** What is expected of every byte of a boot server's OFFER and ACK. */
public final class ReplyAudit {

    /** PXE 2.1: the boot server type of the machine's own disk. */
    private static final int LOCAL_BOOT = 0;

    /** Discovery control: boot servers of the list alone. */
    private static final int LISTED_ONLY = 4;

    private final Firmware firmware;
    private final SawReply saw;
    private final DhcpMessage request;
    private final DhcpMessage reply;
    private final List<Finding> findings = new ArrayList<>();

    private ReplyAudit(Firmware firmware, SawReply saw, DhcpMessage request, DhcpMessage reply) {
        this.firmware = firmware;
        this.saw = saw;
        this.request = request;
        this.reply = reply;
    }

    /** All checks of one reply. */
    public static List<Finding> judge(Firmware firmware, ServicePorts ports, SawReply saw) {
        ReplyAudit audit = new ReplyAudit(
                firmware,
                saw,
                DhcpMessage.read(saw.request()).orElseThrow(),
                DhcpMessage.read(saw.reply().payload()).orElseThrow());
        audit.header();
        audit.options();
        audit.vendor();
        audit.bootFile();
        audit.manners(ports);
        return audit.findings;
    }

    private void header() {
        check("Q20", "yiaddr is 0", reply.yiaddr() == 0, "0.0.0.0", Endpoint.text(reply.yiaddr()));
        check(
                "Q21",
                "siaddr and option 54 agree",
                // Without a file there is nothing to be fetched from siaddr: all firmware then looks at option 54.
                reply.siaddr() == reply.serverId() && reply.siaddr() != 0
                        || reply.siaddr() == 0 && reply.bootFile().isEmpty() && reply.serverId() != 0,
                "the serving address in both",
                "siaddr " + Endpoint.text(reply.siaddr()) + ", option 54 " + Endpoint.text(reply.serverId()));
        boolean mirrored = reply.xid() == request.xid()
                && reply.hardware() == request.hardware()
                && (reply.giaddr() == request.giaddr() || isRelayed())
                && Arrays.equals(reply.chaddr(), request.chaddr());
        check("Q22", "xid, htype, hlen, chaddr, giaddr mirrored", mirrored, "the request's", "others");
        check("Q38", "at most 1472 octets", reply.length() <= 1472, "<= 1472", Integer.toString(reply.length()));
    }

    /** A relay brought it, and its address stays in it. */
    private boolean isRelayed() {
        int from = saw.reply().from().address();
        return request.giaddr() == 0 && reply.giaddr() == from && reply.serverId() != from;
    }

    private void options() {
        String wanted = firmware.isHttp() ? "HTTPClient" : "PXEClient";
        String seen = reply.text(60).orElse("none");
        check("Q23", "option 60 begins with " + wanted, seen.startsWith(wanted), wanted, seen);
        byte[] guid = request.option(97).orElse(null);
        byte[] echo = reply.option(97).orElse(null);
        if (guid == null) {
            check("Q3", "no option 97 for a client without one", echo == null, "none", hex(echo));
        } else {
            check("Q4", "option 97 echoed", Arrays.equals(guid, echo), hex(guid), hex(echo));
        }
        check("Q36", "no option 13", !reply.has(13), "none", "option 13");
        check("Q35", "no option overload", !reply.has(52), "none", "option 52");
        check("Q33", "options closed by 255", reply.isEnded(), "an end option", "none");
    }

    private void vendor() {
        Map<Integer, byte[]> vendor = reply.inside(43);
        if (!reply.has(43)) {
            findings.add(Finding.notApplicable("Q33", "option 43 well-formed", "no option 43"));
        } else {
            int length = reply.option(43).orElseThrow().length;
            boolean sound = length <= 255 && reply.isWellFormedInside(43);
            check("Q33", "option 43 well-formed", sound, "sub-options, an end, <= 255", length + " octets, torn");
        }
        byte[] menu = vendor.getOrDefault(9, new byte[0]);
        menu(menu, vendor);
        if (firmware.ipxe()) {
            boolean none = !vendor.containsKey(8) && !vendor.containsKey(9);
            check(
                    "Q63",
                    "no menu for iPXE",
                    none,
                    "neither 43.8 nor 43.9",
                    vendor.keySet().toString());
        }
        byte[] control = vendor.get(6);
        byte[] servers = vendor.get(8);
        if (control != null && control.length == 1 && (control[0] & 8) != 0 && servers != null) {
            boolean same =
                    servers.length >= 7 && java.nio.ByteBuffer.wrap(servers).getInt(3) == reply.siaddr();
            check("Q37", "43.8 names the serving address", same, Endpoint.text(reply.siaddr()), hex(servers));
        }
        if (firmware.equals(Firmware.RASPBERRY_PI) && saw.question() == Question.DISCOVER) {
            String text = new String(menu, java.nio.charset.StandardCharsets.ISO_8859_1);
            check("Q9", "menu says Raspberry Pi Boot", text.contains("Raspberry Pi Boot"), "the words", hex(menu));
        }
    }

    /** Of several items EDK2 takes the first without a key, and after Escape old builds take the offer's file. */
    private void menu(byte[] menu, Map<Integer, byte[]> vendor) {
        List<Integer> types = menuTypes(menu);
        if (firmware.isUefi()) {
            boolean asks = types.size() > 1
                    && types.getFirst() == LOCAL_BOOT
                    && reply.bootFile().isEmpty();
            check(
                    "Q32",
                    "at most one menu item, or the own disk first and no boot file",
                    types.size() <= 1 || asks,
                    "<= 1, or type 0 first and no file",
                    types.size() + " items, file '" + reply.bootFile() + "'");
        }
        byte[] control = vendor.getOrDefault(6, new byte[1]);
        boolean listedOnly = control.length == 1 && (control[0] & LISTED_ONLY) != 0 && (control[0] & 8) == 0;
        if (!types.isEmpty() && listedOnly) {
            List<Integer> listed = serverTypes(vendor.getOrDefault(8, new byte[0]));
            check(
                    "Q33",
                    "each menu item has its boot server",
                    types.stream().allMatch(type -> type == LOCAL_BOOT || listed.contains(type)),
                    types.toString(),
                    "servers for " + listed);
        }
    }

    private static List<Integer> menuTypes(byte[] menu) {
        List<Integer> types = new ArrayList<>();
        for (int at = 0; at + 3 <= menu.length; at += 3 + (menu[at + 2] & 255)) {
            types.add((menu[at] & 255) << 8 | menu[at + 1] & 255);
        }
        return types;
    }

    private static List<Integer> serverTypes(byte[] servers) {
        List<Integer> types = new ArrayList<>();
        for (int at = 0; at + 3 <= servers.length; at += 3 + 4 * (servers[at + 2] & 255)) {
            types.add((servers[at] & 255) << 8 | servers[at + 1] & 255);
        }
        return types;
    }

    private void bootFile() {
        byte[] option = reply.option(67).orElse(null);
        boolean terminated = option == null || option.length > 0 && option[option.length - 1] == 0;
        check("Q35", "option 67 ends with NUL", terminated, "a NUL", hex(option));
        check("Q35", "header file is terminated", reply.file().length() < 128, "<= 127 octets", "128 octets");
        if (firmware.isHttp()) {
            String uri = reply.bootFile();
            boolean literal = uri.matches("https?://\\d+\\.\\d+\\.\\d+\\.\\d+(:\\d+)?/.*");
            check("Q41", "a URI with an IP literal", literal, "http://ADDRESS/...", uri.isEmpty() ? "none" : uri);
        }
        if (saw.question() == Question.BOOT_SERVER) {
            byte[] item = request.inside(43).get(71);
            if (item != null) {
                byte[] echo = reply.inside(43).get(71);
                check("Q34", "43.71 echoed", Arrays.equals(item, echo), hex(item), hex(echo));
            }
            check("Q39", "the ACK names a boot file", !reply.bootFile().isEmpty(), "a name", "none");
        }
    }

    private void manners(ServicePorts ports) {
        if (saw.question() == Question.BOOT_SERVER) {
            int from = saw.reply().from().port();
            int wanted = ports.bootServer();
            check("Q56", "the ACK comes from port 4011", from == wanted, ":" + wanted, ":" + from);
        }
        long limit = firmware.ipxe() ? 2000 : saw.question() == Question.DISCOVER ? 4000 : 1000;
        String fact = saw.question() == Question.BOOT_SERVER ? "Q53" : firmware.ipxe() ? "Q52" : "Q51";
        check(
                fact,
                "answers within the firmware's patience",
                saw.afterMillis() <= limit,
                "<= " + limit + " ms",
                saw.afterMillis() + " ms");
    }

    private void check(String fact, String what, boolean holds, String expected, String seen) {
        String where = saw.question() == Question.DISCOVER ? "OFFER: " : "4011 ACK: ";
        findings.add(Finding.of(fact, where + what, holds, expected, seen));
    }

    private static String hex(byte @org.jspecify.annotations.Nullable [] bytes) {
        return bytes == null ? "none" : HexFormat.of().formatHex(bytes);
    }
}
