package org.pxemesh.netboot.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.netboot.pxe.ReplyForms.BINL;
import static org.pxemesh.netboot.pxe.ReplyForms.PXE10;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.dhcp.Packets;
import org.pxemesh.netboot.pxe.ReplyForm;

class TrialBookTest {

    private static final FormPlan PLAN = new FormPlan(List.of(BINL, PXE10), 1);
    private static final HardwareAddress CLIENT = HardwareAddress.parse("52:54:00:00:00:01");
    private static final Fingerprint FIRMWARE =
            Fingerprint.of(Packets.discover(Packets.pxe(7).build()));

    private final TrialBook book = new TrialBook(8);

    @Test
    void shouldProveWhatTheFirmwareTook() {
        assertThat(book.discovered(CLIENT, FIRMWARE, PLAN, 0)).isEqualTo(BINL);
        book.offered(CLIENT, BINL, 10);
        assertThat(book.discovered(CLIENT, FIRMWARE, PLAN, 4_000)).isEqualTo(PXE10);
        book.offered(CLIENT, PXE10, 4_010);
        book.requested(CLIENT, 8_000);

        assertThat(book.took(CLIENT, 8_100)).contains(new TrialBook.Observation(FIRMWARE, PXE10, List.of(BINL)));
        assertThat(book.took(CLIENT, 8_200)).isEmpty();
    }

    @Test
    void shouldBeginAnewWhenAnotherFirmwareAsksUnderTheSameAddress() {
        Fingerprint other = Fingerprint.of(Packets.discover(Packets.pxe(7)
                .put(OptionCode.MAX_MESSAGE_SIZE, new byte[] {4, 0})
                .build()));
        book.discovered(CLIENT, FIRMWARE, PLAN, 0);
        book.offered(CLIENT, BINL, 10);

        assertThat(book.discovered(CLIENT, other, PLAN, 4_000)).isEqualTo(BINL);
    }

    @Test
    void shouldStayBounded() {
        for (int n = 0; n < 100; n++) {
            book.discovered(HardwareAddress.of(new byte[] {2, 0, 0, 0, 0, (byte) n}), FIRMWARE, PLAN, n);
        }

        assertThat(book.size()).isEqualTo(8);
    }

    /**
     * Peers that hear the same, each with its own book, choose the same form whoever of them answers: nothing but the
     * wire is shared.
     */
    @Property(tries = 500)
    void shouldAgreeAmongPeersAndTryEachFormBeforeOneAgain(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 5) Integer> happenings) {
        TrialBook one = new TrialBook(8);
        TrialBook two = new TrialBook(8);
        Set<ReplyForm> tried = new HashSet<>();
        long now = 0;
        ReplyForm last = BINL;
        for (int what : happenings) {
            now += 4_000;
            if (what < 4) {
                ReplyForm chosen = one.discovered(CLIENT, FIRMWARE, PLAN, now);
                assertThat(two.discovered(CLIENT, FIRMWARE, PLAN, now)).isEqualTo(chosen);
                if (!chosen.equals(last)) {
                    assertThat(tried).contains(last);
                }
                last = chosen;
                tried.add(chosen);
                one.offered(CLIENT, chosen, now);
                two.offered(CLIENT, chosen, now);
            } else if (what == 4) {
                one.requested(CLIENT, now);
                two.requested(CLIENT, now);
            } else {
                one.answererLeft(CLIENT);
                two.answererLeft(CLIENT);
            }
        }
    }
}
