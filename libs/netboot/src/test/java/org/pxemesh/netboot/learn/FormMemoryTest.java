package org.pxemesh.netboot.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pxemesh.netboot.pxe.ReplyForms.BINL;
import static org.pxemesh.netboot.pxe.ReplyForms.PXE10;

import org.junit.jupiter.api.Test;

class FormMemoryTest {

    private static final long NOW = 2_000_000_000L;

    private final FormMemory memory = new FormMemory();

    @Test
    void shouldKeepTheLaterProof() {
        assertThat(memory.take(new Learned(id(1), BINL, NOW - 5), NOW)).isTrue();
        assertThat(memory.take(new Learned(id(1), PXE10, NOW - 6), NOW)).isFalse();
        assertThat(memory.take(new Learned(id(1), PXE10, NOW - 4), NOW)).isTrue();

        assertThat(memory.of(id(1))).contains(new Learned(id(1), PXE10, NOW - 4));
    }

    @Test
    void shouldStayBoundedUnderMadeUpFingerprintsAndDropTheOldestProof() {
        for (int n = 0; n < 3 * FormMemory.CAPACITY; n++) {
            memory.take(new Learned(id(n), BINL, NOW + n), NOW + n);
        }

        assertThat(memory.all()).hasSize(FormMemory.CAPACITY);
        assertThat(memory.of(id(0))).isEmpty();
        assertThat(memory.of(id(3 * FormMemory.CAPACITY - 1))).isPresent();
    }

    @Test
    void shouldAgeAndRefuseWhatIsOldOrFromTheFuture() {
        memory.take(new Learned(id(1), BINL, NOW), NOW);
        memory.age(NOW + Learned.AGES_AFTER_SECONDS);

        assertThat(memory.all()).isEmpty();
        assertThat(memory.take(new Learned(id(2), BINL, NOW - Learned.AGES_AFTER_SECONDS), NOW))
                .isFalse();
        assertThat(memory.take(new Learned(id(2), BINL, NOW + 25 * 3600), NOW)).isFalse();
    }

    @Test
    void shouldRefuseAnIdThatIsNone() {
        assertThatThrownBy(() -> new Learned("../../etc/passwd", BINL, NOW)).hasMessageContaining("16 hexadecimal");
    }

    private static String id(int n) {
        return "%016x".formatted(n);
    }
}
