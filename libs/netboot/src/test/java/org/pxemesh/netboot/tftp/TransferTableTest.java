package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.netboot.tftp.TransferTable.key;

import org.junit.jupiter.api.Test;

class TransferTableTest {

    private static final int LOADING = 0x0a000001;

    private final TransferTable<String> table = new TransferTable<>(new TransferTable.Limits(100, 4, 10));

    @Test
    void shouldNameAddressAndPortInOneNumber() {
        long key = key(0xc0a80102, 65535);

        assertThat(TransferTable.address(key)).isEqualTo(0xc0a80102);
        assertThat(TransferTable.port(key)).isEqualTo(65535);
    }

    @Test
    void shouldLetAFloodDriveOutItself() {
        // Given machines that load
        for (int i = 0; i < 50; i++) {
            table.begin(key(LOADING + i, 2000), "loading " + i);
            table.proven(key(LOADING + i, 2000));
        }

        // When a hundred thousand others begin and never acknowledge anything
        for (int i = 0; i < 100_000; i++) {
            table.begin(key(0x0b000000 + i, 2000), "flood");
        }

        // Then
        assertThat(table.size()).isEqualTo(60);
        assertThat(table.values()).filteredOn(t -> t.startsWith("loading")).hasSize(50);
    }

    @Test
    void shouldPutTheOldestSilentTransferOutFirst() {
        for (int i = 0; i < 10; i++) {
            table.begin(key(LOADING + i, 1), "silent " + i);
        }
        table.proven(key(LOADING, 1));
        table.begin(key(LOADING + 10, 1), "silent 10");

        assertThat(table.begin(key(LOADING + 11, 1), "silent 11")).containsExactly("silent 1");
    }

    @Test
    void shouldRefuseAnAddressThatHasEnoughRunning() {
        for (int port = 1; port <= 4; port++) {
            assertThat(table.begin(key(LOADING, port), "running")).isEmpty();
            table.proven(key(LOADING, port));
        }

        assertThat(table.begin(key(LOADING, 5), "fifth")).containsExactly("fifth");
        table.remove(key(LOADING, 1));
        assertThat(table.begin(key(LOADING, 5), "fifth")).isEmpty();
    }

    @Test
    void shouldReplaceASilentTransferOfTheSameAddressByItsNext() {
        // Given a client that asks again and again, each time from another port
        for (int port = 1; port <= 4; port++) {
            table.begin(key(LOADING, port), "asked " + port);
        }

        assertThat(table.begin(key(LOADING, 5), "asked 5")).containsExactly("asked 1");
    }

    @Test
    void shouldRefuseWhatNobodyMakesRoomFor() {
        for (int i = 0; i < 100; i++) {
            table.begin(key(LOADING + i, 1), "loading");
            table.proven(key(LOADING + i, 1));
        }

        assertThat(table.begin(key(0x0b000000, 1), "late")).containsExactly("late");
        assertThat(table.size()).isEqualTo(100);
    }

    @Test
    void shouldEndWhatTheSamePortBeganBefore() {
        table.begin(key(LOADING, 1), "first");

        assertThat(table.begin(key(LOADING, 1), "second")).containsExactly("first");
        assertThat(table.get(key(LOADING, 1))).isEqualTo("second");
    }
}
