package org.pxemesh.lab.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pxemesh.lab.site.DhcpServer;

class MatrixTest {
    private static final List<String> HOSTS = List.of("linux", "portable");

    @Test
    void shouldHaveEveryPairOfDhcpServerRelayAndHost() {
        assertThat(pairs(Row::dhcp, Row::relay))
                .containsAll(all(List.of(DhcpServer.values()), List.of(Relay.values())));
        assertThat(pairs(Row::dhcp, Row::host)).containsAll(all(List.of(DhcpServer.values()), HOSTS));
        assertThat(pairs(Row::relay, Row::host)).containsAll(all(List.of(Relay.values()), HOSTS));
    }

    @Test
    void shouldHaveEachWayOfFirmwareWithEachDhcpServerAndHostAndBehindARelay() {
        List<String> ways = List.of("bios", "pxe", "http");

        assertThat(pairs(MatrixTest::way, Row::dhcp)).containsAll(all(ways, List.of(DhcpServer.values())));
        assertThat(pairs(MatrixTest::way, Row::host)).containsAll(all(ways, HOSTS));
        assertThat(pairs(MatrixTest::way, row -> row.relay() == Relay.NONE))
                .containsAll(all(ways, List.of(true, false)));
    }

    @Test
    void shouldHaveADeadBootServerBesideEachWayThatAsksPort4011() {
        assertThat(pairs(MatrixTest::way, row -> row.beside() == Beside.NOTHING))
                .containsAll(all(List.of("bios", "pxe"), List.of(false)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveEveryBoard(Board board) {
        assertThat(Matrix.ROWS).anyMatch(row -> row.board() == board);
    }

    @Test
    void shouldTellRowsApartByName() {
        assertThat(Matrix.ROWS)
                .extracting(Row::name)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(Matrix.named(name).name()).isEqualTo(name));
    }

    private static String way(Row row) {
        return row.board().isBios() ? "bios" : row.board().isHttpBoot() ? "http" : "pxe";
    }

    private static List<List<Object>> pairs(Function<Row, Object> one, Function<Row, Object> other) {
        return Matrix.ROWS.stream()
                .map(row -> List.of(one.apply(row), other.apply(row)))
                .toList();
    }

    private static List<List<Object>> all(List<?> ones, List<?> others) {
        List<List<Object>> all = new ArrayList<>();
        ones.forEach(one -> others.forEach(other -> all.add(List.of(one, other))));
        return all;
    }
}
