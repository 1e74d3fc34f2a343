package org.pxemesh.lab.firmware.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pxemesh.zoo.wire.DhcpRequest;
import org.pxemesh.zoo.wire.Tftp;

class GoldenPacketsTest {

    private static final String MAC = "52:54:00:12:35:01";
    private static final byte[] CHADDR = {0x52, 0x54, 0, 0x12, 0x35, 1};
    private static final String MACHINE = "192.0.2.9";
    private static final String SERVER = "192.0.2.1";

    private static DhcpRequest discover(int xid) {
        return new DhcpRequest(1, xid, CHADDR).text(60, "PXEClient:Arch:00007:UNDI:003000");
    }

    private static Frame udp(double second, String from, int fromPort, int toPort, byte[] payload) {
        return new Frame(second, false, from, fromPort, from.equals(MACHINE) ? SERVER : MACHINE, toPort, payload);
    }

    private static Map<String, String> files(Frame... frames) {
        GoldenPackets golden = new GoldenPackets();
        golden.add("row", List.of(frames), MAC);
        return golden.files();
    }

    private static String text(Map<String, String> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    @Test
    void shouldKeepOneOfEachKind() {
        Frame first = udp(0, MACHINE, 68, 67, discover(1).bytes());
        Frame again = udp(4, MACHINE, 68, 67, discover(2).bytes());
        Frame other = udp(5, MACHINE, 4011, 4011, new DhcpRequest(3, 3, CHADDR).bytes());

        String text = text(files(first, again, other), "dhcp.txt");

        assertThat(text.lines().filter(line -> line.startsWith("# ")))
                .containsExactly("# lab row, DISCOVER", "# lab row, REQUEST from port 4011 to port 4011");
        assertThat(text.replaceAll("\\s", ""))
                .contains(HexFormat.of().formatHex(discover(1).bytes()))
                .doesNotContain(HexFormat.of().formatHex(discover(2).bytes()));
    }

    @Test
    void shouldLeaveOutPeersAnswersAndDisguises() {
        byte[] offer = new DhcpRequest(2, 1, CHADDR).reply(0, 7).bytes();
        byte[] lease = new DhcpRequest(2, 1, CHADDR).reply(9, 7).bytes();

        Map<String, String> files = files(
                udp(0, SERVER, 67, 68, offer),
                udp(1, SERVER, 67, 68, lease),
                udp(2, MACHINE, 68, 67, discover(1).text(224, "iPXE").bytes()));

        assertThat(files.get("dhcp.txt")).isEmpty();
        assertThat(files.get("watch.txt"))
                .startsWith("# lab row, DHCP server's OFFER")
                .hasLineCount(8);
    }

    @Test
    void shouldKeepARequestsEndBesideIt() {
        byte[] request = Tftp.readRequest("x.efi", "octet", Map.of("tsize", "0"));
        byte[] error = Tftp.error(8, "User aborted the transfer");

        Map<String, String> files = files(udp(1, MACHINE, 1500, 69, request), udp(1.2, MACHINE, 1500, 7468, error));

        assertThat(files.get("tftp.txt"))
                .contains("# lab row, TFTP read x.efi octet tsize 0", "# lab TFTP ERROR 8 of row");
        String packets = HexFormat.of().toHexDigits((byte) request.length) + "00"
                + HexFormat.of().formatHex(request) + HexFormat.of().toHexDigits((byte) error.length) + "05"
                + HexFormat.of().formatHex(error);
        assertThat(text(files, "tftp-session.txt").replaceAll("\\s", "")).endsWith(packets);
    }

    @Test
    void shouldWriteAnHttpRequestAsTheTargetReadsIt() {
        byte[] head = "HEAD /boot/1/x.efi HTTP/1.1\r\nHost: 192.0.2.1\r\nAccept: */*\r\n\r\n"
                .getBytes(StandardCharsets.ISO_8859_1);

        String text = text(files(new Frame(0, true, MACHINE, 1600, SERVER, 80, head)), "http.txt");

        assertThat(text).startsWith("# lab row, HTTP HEAD x.efi\n");
        assertThat(new String(HexFormat.of().parseHex(text.lines().skip(1).reduce("", String::concat))))
                .isEqualTo("/boot/1/x.efi\nHost: 192.0.2.1\nAccept: */*\n\n");
    }
}
