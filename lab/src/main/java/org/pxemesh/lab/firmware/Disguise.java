package org.pxemesh.lab.firmware;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pxemesh.lab.LabException;

/**
 * Makes a card's iPXE ROM look like another vendor's: QEMU hands over each frame that the machine sends, and gets it back
 * without what names iPXE, until the machine has asked for its first program. QEMU has no free PXE ROM for BIOS but
 * iPXE's, which a peer gives its script at once; only behind another ROM is {@code undionly.kpxe} the first iPXE.
 *
 * <p>The frames go through QEMU's {@code filter-redirector}, each behind its length in four octets.
 */
final class Disguise implements AutoCloseable {
    private static final int MAX_FRAME = 1 << 17;

    private final Path folder;
    private final ServerSocketChannel sent;
    private final ServerSocketChannel passed;
    private final DisguisedFrames frames = new DisguisedFrames();

    private Disguise(Path folder, ServerSocketChannel sent, ServerSocketChannel passed) {
        this.folder = folder;
        this.sent = sent;
        this.passed = passed;
    }

    /** Waits for QEMU in a folder. */
    static Disguise in(Path folder) {
        try {
            Disguise disguise =
                    new Disguise(folder, listen(folder.resolve("sent.sock")), listen(folder.resolve("passed.sock")));
            Thread.ofVirtual().name("disguise").start(disguise::pass);
            return disguise;
        } catch (IOException e) {
            throw new LabException("no sockets for the disguise in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** For QEMU's command line; the network is {@code n0}. */
    List<String> arguments() {
        return List.of(
                "-chardev",
                "socket,id=sent,path=" + folder.resolve("sent.sock"),
                "-chardev",
                "socket,id=passed,path=" + folder.resolve("passed.sock"),
                "-object",
                // "rx" is what the network receives from the machine's card.
                "filter-redirector,id=disguise,netdev=n0,queue=rx,outdev=sent,indev=passed");
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return channel.bind(UnixDomainSocketAddress.of(socket));
    }

    private void pass() {
        try (SocketChannel in = sent.accept();
                SocketChannel out = passed.accept()) {
            ByteBuffer length = ByteBuffer.allocate(4);
            while (true) {
                fill(in, length.clear());
                int octets = length.getInt(0);
                if (octets < 0 || octets > MAX_FRAME) {
                    throw new IOException("a frame of " + octets + " octets");
                }
                ByteBuffer frame = ByteBuffer.allocate(octets);
                fill(in, frame);
                frames.pass(frame.array());
                write(out, length.rewind());
                write(out, frame.rewind());
            }
        } catch (IOException e) {
            // The machine was switched off, or loses its network here, which its row then shows.
        }
    }

    private static void fill(SocketChannel in, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                throw new EOFException();
            }
        }
    }

    private static void write(SocketChannel out, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    @Override
    public void close() {
        try {
            sent.close();
            passed.close();
        } catch (IOException e) {
            throw new LabException("the disguise's sockets cannot be closed: " + e.getMessage(), e);
        }
    }
}
