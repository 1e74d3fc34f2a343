package org.pxemesh.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.agent.host.linux.RefusingSends.Message;
import org.pxemesh.netboot.tftp.TransferTable;

/** What leaves when a device, a kernel or the way refuses. */
class SendSlotsTest {

    private static final int SEGMENT = 100;
    private static final long CLIENT = TransferTable.key(0xc0000207, 2070);

    private final Arena arena = Arena.ofConfined();
    private final List<Integer> mayFragment = new ArrayList<>();

    @BeforeEach
    void needs64BitLinux() {
        assumeTrue(ValueLayout.ADDRESS.byteSize() == 8, "the structures are those of 64-bit Linux");
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void shouldSendAWindowAsOneMessage() {
        RefusingSends system = new RefusingSends(message -> 0);
        SendSlots slots = slots(system);

        sendWindow(slots, 950);

        assertThat(system.taken()).extracting(Message::length).containsExactly(950);
        assertThat(system.datagrams()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {SocketCalls.EIO, SocketCalls.EINVAL, SocketCalls.EOPNOTSUPP, SocketCalls.EMSGSIZE})
    void shouldSendTheSameDatagramsOneByOneWhereSegmentationIsRefused(int errno) {
        // Given
        RefusingSends system = new RefusingSends(message -> message.isSegmented() ? errno : 0);
        SendSlots slots = slots(system);

        // When two clients are sent a window and a third one short words
        sendWindow(slots, 950);
        slots.send(3, CLIENT + 1, new byte[] {0, 5, 0, 1, 0});
        slots.flush();

        // Then
        assertThat(system.datagrams())
                .extracting(octets -> octets.length)
                .containsExactly(100, 100, 100, 100, 100, 100, 100, 100, 100, 50, 5);
        assertThat(system.datagrams().get(9)).startsWith(900 & 0xff, 901 & 0xff);
    }

    @Test
    void shouldAskNoMoreForWhatIsAlwaysRefused() {
        RefusingSends system = new RefusingSends(message -> message.isSegmented() ? SocketCalls.EIO : 0);
        SendSlots slots = slots(system);

        for (int i = 0; i < SendSlots.REFUSALS + 5; i++) {
            sendWindow(slots, 300);
        }

        assertThat(slots.segments()).isFalse();
        assertThat(system.refused()).isEqualTo(SendSlots.REFUSALS);
        assertThat(system.datagrams()).hasSize(3 * (SendSlots.REFUSALS + 5));
    }

    @Test
    void shouldGoOnWithSegmentsForOthersWhenOneWayIsNarrow() {
        // Given a client behind a tunnel, and one on this switch
        RefusingSends system = new RefusingSends(
                message -> message.isSegmented() && message.client() == CLIENT ? SocketCalls.EINVAL : 0);
        SendSlots slots = slots(system);

        // When
        for (int i = 0; i < 3 * SendSlots.REFUSALS; i++) {
            sendWindow(slots, 300);
            slots.send(3, CLIENT + 1, octets(300), 300, SEGMENT);
            slots.flush();
        }

        // Then
        assertThat(slots.segments()).isTrue();
        assertThat(system.datagrams()).hasSize(2 * 3 * 3 * SendSlots.REFUSALS);
    }

    @Test
    void shouldLetFragmentsPassWhereAWayIsTooNarrow() {
        // Given a way that takes nothing of more than 60 octets whole
        Function<Message, Integer> narrow =
                message -> message.length() > 60 && mayFragment.isEmpty() ? SocketCalls.EMSGSIZE : 0;
        RefusingSends system = new RefusingSends(narrow::apply);
        SendSlots slots = slots(system);

        sendWindow(slots, 250);
        slots.send(3, CLIENT, octets(80), 80, SEGMENT);
        slots.flush();

        assertThat(mayFragment).containsOnly(3);
        assertThat(system.datagrams()).extracting(octets -> octets.length).containsExactly(100, 100, 50, 80);
    }

    @Test
    void shouldLoseWhatTheSystemDoesNotTakeAndGoOn() {
        int noBuffers = 105;
        RefusingSends system = new RefusingSends(message -> message.client() == CLIENT ? noBuffers : 0);
        SendSlots slots = slots(system);

        sendWindow(slots, 250);
        slots.send(3, CLIENT + 1, octets(80), 80, SEGMENT);
        slots.flush();

        assertThat(system.datagrams()).extracting(octets -> octets.length).containsExactly(80);
    }

    @Test
    void shouldNotCutIntoDatagramsThatAreFragmentsThemselves() {
        RefusingSends system = new RefusingSends(message -> 0);
        SendSlots slots = slots(system);

        slots.send(3, CLIENT, octets(20_000), 20_000, 8196);
        slots.flush();

        assertThat(system.taken()).noneMatch(Message::isSegmented);
        assertThat(system.datagrams()).extracting(octets -> octets.length).containsExactly(8196, 8196, 3608);
    }

    private SendSlots slots(SendCall system) {
        return new SendSlots(arena, system, mayFragment::add);
    }

    private void sendWindow(SendSlots slots, int length) {
        slots.send(3, CLIENT, octets(length), length, SEGMENT);
        slots.flush();
    }

    /** Octets that tell their place. */
    private long octets(int length) {
        MemorySegment octets = arena.allocate(length);
        for (int i = 0; i < length; i++) {
            octets.set(ValueLayout.JAVA_BYTE, i, (byte) i);
        }
        return octets.address();
    }
}
