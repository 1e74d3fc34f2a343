package org.pxemesh.netboot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pxemesh.netboot.Decoded;

class DhcpCodecPropertyTest {

    private static final PxeSieve SIEVE = new PxeSieve(List.of("PXEClient", "HTTPClient"));

    @Property(tries = 500)
    void shouldGiveBackWhatWasEncoded(@ForAll("packets") DhcpPacket packet) {
        DhcpPacket once = Packets.decoded(DhcpCodec.encode(packet));
        DhcpPacket twice = Packets.decoded(DhcpCodec.encode(once));

        assertThat(once).isEqualTo(packet);
        assertThat(twice).isEqualTo(once);
    }

    @Property(tries = 3000)
    void shouldNeverThrowForRandomBytes(@ForAll("almostPackets") byte[] bytes) {
        Decoded<DhcpPacket> decoded = DhcpCodec.decode(ByteBuffer.wrap(bytes));

        if (decoded instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet)) {
            assertThat(Packets.decoded(DhcpCodec.encode(packet))).isEqualTo(packet);
        } else if (decoded instanceof Decoded.Malformed<DhcpPacket> bad) {
            assertThat(bad.offset()).isBetween(0, bytes.length);
        }
        SIEVE.looksLikePxe(ByteBuffer.wrap(bytes));
    }

    @Provide
    Arbitrary<DhcpPacket> packets() {
        Arbitrary<Integer> codes = Arbitraries.integers().between(1, 254).filter(code -> code != 52);
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(700);
        return Arbitraries.maps(codes, values).ofMaxSize(12).map(DhcpCodecPropertyTest::withOptions);
    }

    private static DhcpPacket withOptions(Map<Integer, byte[]> options) {
        DhcpOptions.Builder builder = DhcpOptions.builder();
        options.forEach((code, value) -> builder.put(new OptionCode(code), value));
        return Packets.discover(builder.build());
    }

    /** Random bytes behind a header that passes the first checks, so that the option reader is reached. */
    @Provide
    Arbitrary<byte[]> almostPackets() {
        Arbitrary<byte[]> tails = Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
        Arbitrary<byte[]> heads =
                Arbitraries.bytes().array(byte[].class).ofMinSize(236).ofMaxSize(236);
        Arbitrary<Boolean> sane = Arbitraries.of(true, true, true, false);
        return Combinators.combine(heads, tails, sane).as((head, tail, cookie) -> {
            ByteBuffer out = ByteBuffer.allocate(240 + tail.length);
            out.put(head).putInt(cookie ? 0x63825363 : 0).put(tail);
            if (cookie) {
                out.put(0, (byte) 1).put(2, (byte) 6);
            }
            return out.array();
        });
    }
}
