package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.learn.Fingerprint;
import org.pxemesh.netboot.loader.BootQuestion;

/** What is known of a kind must be what decoding and encoding would give, octet by octet. */
class ClientKindTest {

    private static final Ipv4Address SERVER = Ipv4Address.parse("192.0.2.11");
    private static final ClientInspector INSPECTOR = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    private final Random chance = new Random(1);
    private final ClientKinds kinds = new ClientKinds();

    private static DhcpPacket decoded(byte[] datagram) {
        return ((Decoded.Ok<DhcpPacket>) DhcpCodec.decode(ByteBuffer.wrap(datagram))).value();
    }

    private static ClientFacts facts(byte[] datagram) {
        return ((Inspection.Client) INSPECTOR.inspect(decoded(datagram), ClientFacts.DHCP_PORT)).facts();
    }

    private void learn(byte[] datagram) {
        kinds.learn(datagram, decoded(datagram), facts(datagram));
    }

    private DhcpOptions.Builder options(int architecture) {
        byte[] guid = new byte[17];
        chance.nextBytes(guid);
        guid[0] = 0;
        return DhcpOptions.builder()
                .put(MessageType.DISCOVER)
                .put(OptionCode.VENDOR_CLASS, "PXEClient:Arch:%05d".formatted(architecture))
                .put(OptionCode.CLIENT_GUID, guid)
                .put(OptionCode.CLIENT_ARCHITECTURE, new byte[] {0, (byte) architecture});
    }

    private byte[] discover(DhcpOptions options) {
        byte[] mac = new byte[6];
        chance.nextBytes(mac);
        mac[0] = 2;
        mac[1] = 0;
        mac[2] = 0;
        return DhcpCodec.encode(new DhcpPacket(
                DhcpPacket.BOOTREQUEST,
                1,
                6,
                0,
                chance.nextInt(),
                chance.nextInt(60),
                0,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Arrays.copyOf(mac, DhcpPacket.CHADDR_LENGTH),
                new byte[DhcpPacket.SNAME_LENGTH],
                new byte[DhcpPacket.FILE_LENGTH],
                options));
    }

    private @Nullable ClientKind kindOf(byte[] datagram) {
        return kinds.of(datagram);
    }

    private static byte[] offer(@Nullable ClientKind kind, byte[] datagram, ReplyForm form, ReplyContent content) {
        return Objects.requireNonNull(kind).offer(datagram, form, content, () -> decoded(datagram));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 11})
    void shouldTellTheSameAsThePacketItself(int architecture) {
        // Given
        learn(discover(options(architecture).build()));

        // When another machine of that kind asks
        byte[] other = discover(options(architecture).build());
        var kind = Objects.requireNonNull(kindOf(other));

        // Then
        assertThat(kind.facts(other)).isEqualTo(facts(other));
        assertThat(kind.fingerprint()).isEqualTo(Fingerprint.of(decoded(other)));
        assertThat(kind.fingerprintId())
                .isEqualTo(Fingerprint.of(decoded(other)).id());
    }

    /** iPXE repeats its hardware address in option 61, before the GUID; others may have it behind. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKnowAKindWhoseMachinesRepeatTheirAddressInOption61(boolean idFirst) {
        // Given
        learn(repeatingItsAddress(idFirst, 0));

        // When
        byte[] other = repeatingItsAddress(idFirst, 0);
        var kind = Objects.requireNonNull(kindOf(other));

        // Then
        assertThat(kind.facts(other)).isEqualTo(facts(other));
        ReplyContent content = ReplyContent.of(SERVER, "pxelinux.0");
        assertThat(offer(kind, other, ReplyForms.IPXE, content))
                .isEqualTo(DhcpCodec.encode(ReplyForms.IPXE.offer(decoded(other), facts(other), content)));

        // and one whose option 61 names another machine is none of them
        assertThat(kindOf(repeatingItsAddress(idFirst, 1))).isNull();
    }

    /** @param error that its last octet is wrong by */
    private byte[] repeatingItsAddress(boolean idFirst, int error) {
        DhcpOptions.Builder options =
                options(0).put(OptionCode.USER_CLASS, "iPXE").put(OptionCode.IPXE, new byte[] {19, 1, 1});
        byte[] guid = options.build().raw(OptionCode.CLIENT_GUID).orElseThrow();
        options.remove(OptionCode.CLIENT_GUID);
        byte[] none = {1, 2, 0, 0, 0, 0, 0};
        OptionCode id = new OptionCode(61);
        DhcpOptions both = idFirst
                ? options.put(id, none).put(OptionCode.CLIENT_GUID, guid).build()
                : options.put(OptionCode.CLIENT_GUID, guid).put(id, none).build();
        byte[] datagram = discover(both);
        int at = 240;
        while (datagram[at] != 61) {
            at += 2 + (datagram[at + 1] & 0xff);
        }
        System.arraycopy(datagram, 28, datagram, at + 3, 6);
        datagram[at + 8] += (byte) error;
        return datagram;
    }

    @Test
    void shouldOfferTheSameAsWithoutAPattern() {
        // Given
        learn(discover(options(7).build()));
        ReplyContent small = ReplyContent.of(SERVER, "snponly.efi");
        ReplyContent windows = new ReplyContent(SERVER, "wdsmgfw.efi", Optional.of("\\boot\\bcd"), Optional.empty());

        for (int round = 0; round < 40; round++) {
            // When
            byte[] other = discover(options(7).build());
            ReplyForm form = round % 5 == 4 ? ReplyForms.PXE10 : ReplyForms.BINL;
            ReplyContent content = round % 7 == 6 ? windows : small;
            byte[] offered = offer(kindOf(other), other, form, content);

            // Then
            assertThat(offered).isEqualTo(DhcpCodec.encode(form.offer(decoded(other), facts(other), content)));
        }
    }

    @Test
    void shouldAskAnotherQuestionWhereThereIsAnother() {
        // Given
        learn(discover(options(7).build()));

        for (int seconds = 15; seconds < 18; seconds++) {
            // When
            byte[] other = discover(options(7).build());
            ReplyContent content = new ReplyContent(
                    SERVER, "tool.efi", Optional.empty(), Optional.of(new BootQuestion("tool@1", seconds)));
            byte[] offered = offer(kindOf(other), other, ReplyForms.PROMPT, content);

            // Then
            assertThat(offered)
                    .isEqualTo(DhcpCodec.encode(ReplyForms.PROMPT.offer(decoded(other), facts(other), content)));
        }
    }

    @Test
    void shouldNotLetWhoGetsAnOfferChangeThePattern() {
        // Given
        learn(discover(options(7).build()));
        ReplyContent content = ReplyContent.of(SERVER, "snponly.efi");
        byte[] first = discover(options(7).build());
        Arrays.fill(offer(kindOf(first), first, ReplyForms.BINL, content), (byte) 9);

        // When
        byte[] second = discover(options(7).build());
        byte[] offered = offer(kindOf(second), second, ReplyForms.BINL, content);

        // Then
        assertThat(offered).isEqualTo(DhcpCodec.encode(ReplyForms.BINL.offer(decoded(second), facts(second), content)));
    }

    @Test
    void shouldKnowMachinesWithoutAGuidToo() {
        // Given
        learn(discover(options(0).remove(OptionCode.CLIENT_GUID).build()));

        // When
        byte[] other = discover(options(0).remove(OptionCode.CLIENT_GUID).build());
        byte[] offered = offer(kindOf(other), other, ReplyForms.PXE10, ReplyContent.of(SERVER, "pxelinux.0"));

        // Then
        assertThat(offered)
                .isEqualTo(DhcpCodec.encode(
                        ReplyForms.PXE10.offer(decoded(other), facts(other), ReplyContent.of(SERVER, "pxelinux.0"))));
        assertThat(kindOf(discover(options(0).build()))).isNull();
    }

    @Test
    void shouldNotTakeAPacketForOneOfItsKindThatDiffersInAnyOtherOctet() {
        // Given
        byte[] first = discover(options(7).build());
        learn(first);
        int differences = 0;

        for (int at = 0; at < first.length; at++) {
            // When
            byte[] other = first.clone();
            other[at] ^= 0x40;
            var kind = kindOf(other);

            // Then what is taken for the same gives the same facts
            if (kind != null) {
                differences++;
                assertThat(kind.facts(other)).as("octet %d", at).isEqualTo(facts(other));
            }
        }
        assertThat(differences).as("xid, secs, half of the address, GUID").isEqualTo(4 + 2 + 3 + 16);
    }

    @Test
    void shouldLeaveAloneWhatIsNotLikeOthersOfItsKind() {
        byte[] named = discover(options(7).put(OptionCode.HOST_NAME, "pc1").build());
        learn(named);
        assertThat(kindOf(named)).isNull();

        byte[] relayed = discover(
                options(7).put(OptionCode.RELAY_AGENT, new byte[] {1, 1, 7}).build());
        learn(relayed);
        assertThat(kindOf(relayed)).isNull();
    }

    @Test
    void shouldRememberFewKindsTheLatestFirst() {
        // Given
        byte[] first = discover(
                options(0).put(OptionCode.MAX_MESSAGE_SIZE, new byte[] {5, 0}).build());
        learn(first);

        // When as many others come as it can hold, and it is asked for between them
        for (int i = 1; i < ClientKinds.CAPACITY; i++) {
            learn(discover(options(0)
                    .put(OptionCode.MAX_MESSAGE_SIZE, new byte[] {5, (byte) i})
                    .build()));
            assertThat(kindOf(first)).isNotNull();
        }
        for (int i = 0; i < ClientKinds.CAPACITY; i++) {
            learn(discover(options(0)
                    .put(OptionCode.MAX_MESSAGE_SIZE, new byte[] {6, (byte) i})
                    .build()));
        }

        // Then
        assertThat(kindOf(first)).isNull();
    }
}
