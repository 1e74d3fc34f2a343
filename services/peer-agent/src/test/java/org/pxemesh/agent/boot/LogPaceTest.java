package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogPaceTest {
    private final LogPace pace = new LogPace();

    @Test
    void shouldTellOfAClientOnceInTenSeconds() {
        assertThat(pace.isDue("a", 0)).isTrue();
        assertThat(pace.isDue("a", LogPace.PER_CLIENT_MILLIS - 1)).isFalse();
        assertThat(pace.isDue("b", LogPace.PER_CLIENT_MILLIS - 1)).isTrue();
        assertThat(pace.takeSilent()).isOne();
        assertThat(pace.isDue("a", LogPace.PER_CLIENT_MILLIS)).isTrue();
        assertThat(pace.takeSilent()).isZero();
    }

    @Test
    void shouldTellOfSoManyClientsASecondAndCountTheOthers() {
        // Given
        for (int i = 0; i < LogPace.PER_SECOND; i++) {
            assertThat(pace.isDue("client " + i, 500)).isTrue();
        }

        // When, Then
        assertThat(pace.isDue("another", 999)).isFalse();
        assertThat(pace.takeSilent()).isOne();
        assertThat(pace.isDue("another", 1_500)).isTrue();
    }
}
