package org.pxemesh.bench.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pxemesh.lab.firmware.wire.Frame;

class BootStepsTest {
    private static final String MAC = "52:54:00:12:34:10";
    private static final String CLIENT = "10.1.1.50";
    private static final String SERVER = "10.1.1.10";
    private static final byte[] END = {0, 3, 0, 9, 1};

    private final List<Frame> frames = new ArrayList<>();

    @Test
    void shouldDivideABiosBoot() {
        // Given
        dhcp(10.0, 68, 67, 1, MAC, false);
        dhcp(10.5, 67, 68, 2, MAC, true);
        dhcp(11.0, 68, 67, 3, MAC, false);
        read(12.0, 2001, "pxelinux.0");
        answer(12.25, 2001, new byte[] {0, 6, 0, 0});
        read(12.5, 2002, "ldlinux.c32");
        read(13.0, 2003, "pxelinux.cfg/01-52");
        read(13.5, 2004, "/debian-installer/amd64/linux");
        read(15.0, 2005, "/debian-installer/amd64/initrd.gz");
        answer(20.0, 2005, END);

        // When
        BootSteps boot = BootSteps.of(frames, MAC, 24);

        // Then
        assertThat(boot.seconds()).isEqualTo(14);
        assertThat(boot.secondsToLastByte()).isEqualTo(10);
        assertThat(boot.steps())
                .containsEntry(Step.OFFERS, 1.0)
                .containsEntry(Step.ADDRESS, 1.0)
                .doesNotContainKey(Step.BOOT_SERVER)
                .containsEntry(Step.LOADER, 1.0)
                .containsEntry(Step.CONFIGURATION, 0.5)
                .containsEntry(Step.KERNEL, 1.5)
                .containsEntry(Step.RAM_DISK, 5.0)
                .containsEntry(Step.START, 4.0);
        assertThat(boot.questions()).isEqualTo(6);
        assertThat(boot.answerSeconds()).isEqualTo(0.5 + 0.25 + 5, within(1e-9));
    }

    @Test
    void shouldDivideABootOfUefiAndIpxe() {
        // Given
        dhcp(10, 68, 67, 1, MAC, false);
        dhcp(13, 68, 67, 3, MAC, false);
        dhcp(14, 4011, 4011, 3, MAC, false);
        dhcp(14.5, 4011, 4011, 5, MAC, true);
        read(15, 2001, "snponly.efi");
        dhcp(17, 68, 67, 1, MAC, false);
        dhcp(17.5, 68, 67, 3, MAC, false);
        dhcp(17.5, 4011, 4011, 3, MAC, false);
        get(18, "/boot/x/boot.ipxe");
        get(19, "/boot/x/debian-installer/amd64/linux");
        get(20, "/boot/x/debian-installer/amd64/initrd.gz");
        said(20.5, "HTTP/1.1 200 OK\r\n");
        said(21, "the end");
        said(21.5, "the end");

        // When
        BootSteps boot = BootSteps.of(frames, MAC, 25);

        // Then
        assertThat(boot.steps())
                .containsEntry(Step.OFFERS, 3.0)
                .containsEntry(Step.ADDRESS, 1.0)
                .containsEntry(Step.BOOT_SERVER, 1.0)
                .containsEntry(Step.LOADER, 2.0)
                .containsEntry(Step.LOADER_ADDRESS, 1.0)
                .containsEntry(Step.CONFIGURATION, 1.0)
                .containsEntry(Step.KERNEL, 1.0)
                .containsEntry(Step.RAM_DISK, 1.0)
                .containsEntry(Step.START, 4.0);
        assertThat(boot.steps().values().stream().mapToDouble(d -> d).sum()).isEqualTo(15.0);
    }

    @Test
    void shouldNotMindOtherMachines() {
        dhcp(9, 68, 67, 1, "52:54:00:12:34:99", false);
        dhcp(10, 68, 67, 1, MAC, false);
        dhcp(11, 68, 67, 3, "52:54:00:12:34:99", false);
        read(12, 2001, "pxelinux.0");

        assertThat(BootSteps.of(frames, MAC, 13).steps())
                .containsEntry(Step.OFFERS, 2.0)
                .doesNotContainKey(Step.ADDRESS);
    }

    @Test
    void shouldSayThatAMachineNeverAsked() {
        assertThatThrownBy(() -> BootSteps.of(frames, MAC, 13)).hasMessageContaining("without a DISCOVER");
    }

    private void dhcp(double second, int from, int to, int type, String mac, boolean reply) {
        ByteBuffer bytes = ByteBuffer.allocate(300);
        bytes.put(0, (byte) (reply ? 2 : 1));
        bytes.put(28, HexFormat.ofDelimiter(":").parseHex(mac));
        bytes.putInt(236, 0x63825363).position(240);
        bytes.put(new byte[] {53, 1, (byte) type, 60, 9}).put("PXEClient".getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) 255);
        frames.add(new Frame(second, false, reply ? SERVER : CLIENT, from, reply ? CLIENT : SERVER, to, bytes.array()));
    }

    private void read(double second, int port, String file) {
        byte[] request = ("\0\1" + file + "\0octet\0").getBytes(StandardCharsets.US_ASCII);
        frames.add(new Frame(second, false, CLIENT, port, SERVER, 69, request));
    }

    private void answer(double second, int port, byte[] payload) {
        frames.add(new Frame(second, false, SERVER, 7468, CLIENT, port, payload));
    }

    private void get(double second, String path) {
        byte[] request = ("GET " + path + " HTTP/1.1\r\n").getBytes(StandardCharsets.US_ASCII);
        frames.add(new Frame(second, true, CLIENT, 3000, SERVER, 8069, request));
    }

    private void said(double second, String text) {
        frames.add(new Frame(second, true, SERVER, 8069, CLIENT, 3000, text.getBytes(StandardCharsets.US_ASCII)));
    }
}
