package org.pxemesh.netboot.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.pxe.ReplyForm;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.netboot.watch.Survey.Seen;

/** What is wrong in a segment, from what a client would have been told there. */
public final class SegmentJudge {

    /** Sub-option of 175: iPXE's {@code no-pxedhcp}. */
    private static final int NO_PROXIES = 176;

    private SegmentJudge() {}

    public static List<Finding> judge(Survey survey) {
        List<Finding> findings = new ArrayList<>();
        List<Seen> foreign =
                survey.offers().stream().filter(seen -> !survey.isOurs(seen)).toList();
        List<Seen> dhcp = foreign.stream().filter(Seen::givesAddress).toList();
        if (dhcp.isEmpty() && survey.asClient()) {
            findings.add(Finding.of(survey.offers().isEmpty() ? Trouble.NO_DHCP : Trouble.PROXY_WITHOUT_DHCP));
        }
        dhcp.forEach(seen -> judgeDhcp(seen, findings));
        foreign.stream()
                .filter(seen -> !seen.givesAddress() && seen.claimsPxe())
                .forEach(seen -> findings.add(new Finding(
                        Trouble.FOREIGN_PROXY, seen.server(), fileOf(seen).orElse("names no file by itself"))));
        for (Seen seen : foreign) {
            if (seen.menu().filter(PxeMenu::lacksItsList).isPresent()) {
                findings.add(new Finding(Trouble.NO_SERVER_LIST, seen.server(), ""));
            }
        }
        survey.toAsk().stream()
                .filter(server -> Boolean.FALSE.equals(survey.bootServers().get(server)))
                .forEach(server -> findings.add(new Finding(Trouble.DEAD_BOOT_SERVER, server, "")));
        judgeMesh(survey, findings);
        return List.copyOf(findings.stream().distinct().toList());
    }

    private static void judgeDhcp(Seen seen, List<Finding> findings) {
        Ipv4Address server = seen.server();
        if (seen.claimsPxe()) {
            boolean menu = seen.menu().isPresent();
            findings.add(new Finding(
                    menu ? Trouble.DHCP_IS_PXE : Trouble.DHCP_CLAIMS_PXE,
                    server,
                    "option 60 is " + shown(seen.text(OptionCode.VENDOR_CLASS))));
        }
        fileOf(seen).ifPresent(file -> findings.add(new Finding(Trouble.DHCP_NAMES_BOOT_FILE, server, file)));
        if (forbidsProxies(seen.packet())) {
            findings.add(new Finding(Trouble.DHCP_FORBIDS_PROXIES, server, ""));
        }
        if (seen.packet().options().has(OptionCode.BCD_PATH)) {
            findings.add(
                    new Finding(Trouble.DHCP_SENDS_252, server, "it says " + shown(seen.text(OptionCode.BCD_PATH))));
        }
    }

    /** PAN-OS and others name the TFTP server in option 150 and not in 66: all of the places are looked at. */
    private static Optional<String> fileOf(Seen seen) {
        List<String> said = new ArrayList<>();
        add(said, "file", seen.packet().fileName());
        add(said, "sname", seen.packet().serverName());
        add(said, "option 66", seen.text(OptionCode.TFTP_SERVER_NAME));
        add(said, "option 67", seen.text(OptionCode.BOOT_FILE));
        seen.packet()
                .options()
                .raw(OptionCode.TFTP_SERVERS)
                .filter(value -> value.length >= 4)
                .map(value -> new Ipv4Address(
                        (value[0] & 0xff) << 24 | (value[1] & 0xff) << 16 | (value[2] & 0xff) << 8 | value[3] & 0xff))
                .ifPresent(address -> said.add("option 150 " + address));
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", said));
    }

    private static void add(List<String> said, String where, String what) {
        if (!what.isEmpty()) {
            said.add(where + " " + shown(what));
        }
    }

    private static boolean forbidsProxies(DhcpPacket packet) {
        byte[] value = packet.options().raw(OptionCode.IPXE).orElse(new byte[0]);
        int at = 0;
        while (at + 1 < value.length && (value[at] & 0xff) != 255) {
            int length = value[at + 1] & 0xff;
            if ((value[at] & 0xff) == NO_PROXIES) {
                return length == 0 || at + 2 >= value.length || value[at + 2] != 0;
            }
            at += 2 + length;
        }
        return false;
    }

    private static void judgeMesh(Survey survey, List<Finding> findings) {
        if (!survey.asClient()) {
            return;
        }
        if (survey.answered().isEmpty()) {
            findings.add(Finding.of(Trouble.NO_PEER));
        }
        // The host that looks may run a peer itself, whose offer passes no switch: each that is missing counts.
        survey.answered().stream()
                .filter(peer -> survey.offers().stream()
                        .noneMatch(seen ->
                                seen.source().equals(peer) || seen.server().equals(peer)))
                .sorted(Comparator.comparing(Ipv4Address::toString))
                .forEach(peer -> findings.add(new Finding(Trouble.OFFERS_SNOOPED, peer, "it said so on the mesh")));
    }

    /**
     * The form that wins beside what was found: EDK2 puts a proxy's PXE10 before a DHCP server's empty promise, and before
     * all that send it to their port 4011, of which it tries one after the other for ten seconds each.
     */
    public static Optional<ReplyForm> formBeside(List<Finding> findings) {
        return findings.stream()
                        .map(Finding::trouble)
                        .anyMatch(t -> t == Trouble.DHCP_CLAIMS_PXE || t == Trouble.DEAD_BOOT_SERVER)
                ? Optional.of(ReplyForms.PXE10)
                : Optional.empty();
    }

    /** Whether what firmware does here says little about other sites. */
    public static boolean hasForeignPxe(List<Finding> findings) {
        return findings.stream()
                .map(Finding::trouble)
                .anyMatch(t -> t == Trouble.DHCP_CLAIMS_PXE || t == Trouble.DHCP_IS_PXE || t == Trouble.FOREIGN_PROXY);
    }

    /** Foreign text in a line for people. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.chars().limit(80).forEach(c -> shown.append(c >= ' ' && c < 127 && c != '"' ? (char) c : '?'));
        return shown.append('"').toString();
    }
}
