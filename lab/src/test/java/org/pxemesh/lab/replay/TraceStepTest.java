package org.pxemesh.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.lab.LabException;

class TraceStepTest {

    @ParameterizedTest
    @ValueSource(strings = {"win-bios", "win-efi", "win-rough"})
    void shouldHaveTracesWhoseEveryStepSaysWhereItWasRead(String trace) {
        assertThat(TraceStep.of(trace)).isNotEmpty().allSatisfy(step -> {
            assertThat(step.source()).isNotBlank();
            assertThat(step.name()).isNotBlank();
            assertThat(step.action()).isIn("GET", "GET5", "PROBE", "PROBE0", "HTTP");
        });
        assertThat(TraceStep.of(trace)).extracting(TraceStep::step).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameATraceThatIsNotThere() {
        assertThatThrownBy(() -> TraceStep.of("win-arm"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("win-arm");
    }
}
