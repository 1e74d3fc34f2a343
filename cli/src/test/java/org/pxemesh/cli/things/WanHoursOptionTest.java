package org.pxemesh.cli.things;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class WanHoursOptionTest {
    private final WanHoursOption.Converter converter = new WanHoursOption.Converter();

    @Test
    void shouldReadClosedHours() {
        assertThat(converter.convert("mon-fri 08:00-18:00 closed"))
                .isEqualTo(new WanHoursOption(
                        Set.of(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY), "08:00", "18:00", true, 0, 100));
    }

    @Test
    void shouldReadRatesAndPercentages() {
        assertThat(converter.convert("Daily 22:00-06:00 90%"))
                .isEqualTo(new WanHoursOption(Set.of(), "22:00", "06:00", false, 0, 90));
        assertThat(converter.convert("sat,sun 00:00-00:00 5000"))
                .isEqualTo(new WanHoursOption(Set.of(SATURDAY, SUNDAY), "00:00", "00:00", false, 5000, 100));
    }

    @Test
    void shouldReadDaysAcrossTheWeeksEnd() {
        assertThat(converter.convert("sat-mon 08:00-09:00 closed").days()).containsExactly(MONDAY, SATURDAY, SUNDAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mon",
                "mon 8-9 closed",
                "moo 08:00-09:00 closed",
                "m 08:00-09:00 closed",
                "mon 08:00-09:00 5m"
            })
    void shouldSayWhatIsWrong(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("mon");
    }

    @Test
    void shouldSendWhatHqTakes() {
        var json = new ObjectMapper().createObjectNode();

        converter.convert("sun 08:00-09:00 closed").put(json);

        assertThat(json.toString())
                .isEqualTo("{\"days\":[\"SUNDAY\"],\"from\":\"08:00\",\"to\":\"09:00\",\"closed\":true,"
                        + "\"kbitPerSecond\":0,\"percentOfLink\":100}");
    }
}
