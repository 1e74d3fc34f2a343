package org.pxemesh.agent.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.content.Sha256;
import org.pxemesh.netboot.tftp.Agreement;
import org.pxemesh.netboot.tftp.TftpSession;
import org.pxemesh.netboot.tftp.TransferLimits;

/** DATA packets that several clients share. */
class BlocksTest {

    private static final TransferLimits LIMITS = new TransferLimits(1500, 64, 62_000);

    @TempDir
    private Path folder;

    private final byte[] content = new byte[200_000];
    private final QueueingSockets sockets = new QueueingSockets();
    private final PacketShelf shelf = new PacketShelf(sockets, LIMITS.mostOctets());

    @BeforeEach
    void makeContent() {
        new Random(7).nextBytes(content);
    }

    @Test
    void shouldMakeEveryBlockOfAFileWhateverItsSizeAndTheWindow() throws IOException {
        ServedFile file = onDisk("whole", content);
        for (String blockSize : List.of("8", "512", "1456", "1468")) {
            for (int window : new int[] {1, 4, 8, 64}) {
                TftpSession session = session(file, Map.of("blksize", blockSize));
                int most =
                        Math.min(window, LIMITS.mostBlocks(session.agreement().blockSize()));
                assertThat(fetch(new Blocks(file, shelf), session, most))
                        .as("blksize=%s windowsize=%d", blockSize, window)
                        .isEqualTo(content);
            }
        }
    }

    @Test
    void shouldSendAnEmptyBlockBehindAFileThatFillsItsLastOne() throws IOException {
        byte[] full = new byte[1024];
        ServedFile file = onDisk("full", full);
        TftpSession session = session(file, Map.of());

        assertThat(session.blocks()).isEqualTo(3);
        assertThat(fetch(new Blocks(file, shelf), session, 2)).isEqualTo(full);
        assertThat(sockets.left.getLast()).containsExactly(0, 3, 0, 3);
    }

    @Test
    void shouldReadOnceForAllWhoLoadSideBySide() throws IOException {
        // Given
        ServedFile file = onDisk("same", content);
        TftpSession session = session(file, Map.of("blksize", "1456"));
        Packets first = new Blocks(file, shelf).packets(session, 1, 1);

        // When a second client asks for the same block, and a third one for blocks of another size
        Packets second = new Blocks(file, shelf).packets(session, 1, 1);
        Packets other = new Blocks(file, shelf).packets(session(file, Map.of("blksize", "1400")), 1, 1);

        // Then
        assertThat(second).isSameAs(first);
        assertThat(other).isNotSameAs(first);
        assertThat(sockets.kept).isEqualTo(2);
    }

    @Test
    void shouldNeverMixWhatWasMadeForDifferentClients() throws IOException {
        ServedFile.Made one = new ServedFile.Made("grub.cfg", new byte[] {1, 1, 1});
        ServedFile.Made two = new ServedFile.Made("grub.cfg", new byte[] {2, 2, 2});

        assertThat(fetch(new Blocks(one, shelf), session(one, Map.of()), 1)).containsExactly(1, 1, 1);
        assertThat(fetch(new Blocks(two, shelf), session(two, Map.of()), 1)).containsExactly(2, 2, 2);
    }

    @Test
    void shouldLetPacketsLeaveBeforeTheirMemoryIsFilledAgain() throws IOException {
        // Given more files at once than there is room for, all sent and none of it gone
        ServedFile file = onDisk("many", content);
        TftpSession session = session(file, Map.of("blksize", "8"));
        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < PacketShelf.MOST + 40; i++) {
            int block = 1 + i * 70;
            Packets packets = new Blocks(file, shelf).packets(session, block, 8);
            packets.send(sockets, 0, 1, block, 12);
            ByteBuffer packet = ByteBuffer.allocate(12).putShort((short) 3).putShort((short) block);
            expected.add(packet.put(content, (block - 1) * 8, 8).array());
        }

        // When
        sockets.flush();

        // Then
        assertThat(sockets.left)
                .usingElementComparator(java.util.Arrays::compare)
                .containsExactlyElementsOf(expected);
        assertThat(sockets.kept).isEqualTo(PacketShelf.MOST);
    }

    @Test
    void shouldKeepItsRoomWhenFilesCannotBeRead() throws IOException {
        Path gone = folder.resolve("gone");
        ServedFile file = new ServedFile.OnDisk("gone", gone, 5_000_000, Sha256.of(new byte[0]));
        TftpSession session = session(file, Map.of());

        for (int i = 0; i < 2 * PacketShelf.MOST; i++) {
            long block = 1 + i * 7L;
            assertThatThrownBy(() -> new Blocks(file, shelf).packets(session, block, 1))
                    .isInstanceOf(IOException.class);
        }

        assertThat(sockets.kept).isLessThanOrEqualTo(PacketShelf.MOST);
        ServedFile readable = onDisk("readable", content);
        assertThat(fetch(new Blocks(readable, shelf), session(readable, Map.of()), 1))
                .isEqualTo(content);
    }

    private ServedFile onDisk(String name, byte[] octets) throws IOException {
        Path file = Files.write(folder.resolve(name), octets);
        return new ServedFile.OnDisk(name, file, octets.length, Sha256.of(octets));
    }

    private static TftpSession session(ServedFile file, Map<String, String> options) {
        return TftpSession.begin(Agreement.negotiate(options, file.size(), LIMITS), file.size(), 0)
                .session();
    }

    /** The payload of all packets, in the order of their numbers. */
    private byte[] fetch(Blocks blocks, TftpSession session, int window) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int size = session.agreement().blockSize();
        try (blocks) {
            for (long first = 1; first <= session.blocks(); first += window) {
                int count = (int) Math.min(window, session.blocks() - first + 1);
                int octets = Blocks.encodedLength(session, first, count);
                blocks.packets(session, first, count).send(sockets, 0, 1, first, octets);
                sockets.flush();
                ByteBuffer sent = ByteBuffer.wrap(sockets.left.getLast());
                for (long block = first; block < first + count; block++) {
                    assertThat(sent.getShort()).isEqualTo((short) 3);
                    assertThat(sent.getShort()).isEqualTo((short) block);
                    byte[] payload = new byte[Math.min(size, sent.remaining())];
                    sent.get(payload);
                    file.writeBytes(payload);
                }
                assertThat(sent.hasRemaining()).isFalse();
            }
        }
        return file.toByteArray();
    }
}
