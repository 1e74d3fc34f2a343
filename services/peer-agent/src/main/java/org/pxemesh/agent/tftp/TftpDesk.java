package org.pxemesh.agent.tftp;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.ErrorCode;
import org.pxemesh.netboot.tftp.Netascii;
import org.pxemesh.netboot.tftp.TftpPacket;

/** What a request gets: a file of the client's boot plan, or the reason why not. Boot thread only. */
final class TftpDesk {

    private static final Logger LOG = Logger.getLogger(TftpDesk.class);

    /** Text for terminals is small; it is kept in memory as it goes over the wire, while it does. */
    private static final long MOST_TEXT = 64 * 1024;

    private final BootDesk desk;

    TftpDesk(BootDesk desk) {
        this.desk = desk;
    }

    /** What is said to a request. */
    sealed interface Answer {

        /** Send this. */
        record Serve(BootSession boot, ServedFile file) implements Answer {}

        /** Say no. */
        record Refuse(ErrorCode code, String message) implements Answer {}
    }

    Answer answer(Ipv4Address client, TftpPacket.ReadRequest request, long now) {
        boolean text = request.mode().equals("netascii");
        if (!text && !request.mode().equals("octet")) {
            return new Answer.Refuse(
                    ErrorCode.ILLEGAL_OPERATION, "mode " + request.mode() + " is not served; use octet or netascii");
        }
        Optional<BootSession> boot = desk.sessionOf(client, now);
        Optional<ServedFile> file = boot.flatMap(session -> desk.file(session, request.fileName()))
                .filter(found -> !(found instanceof ServedFile.Disk));
        if (boot.isEmpty() || file.isEmpty()) {
            LOG.debugf("refused client=%s path=%s planned=%s", client, request.fileName(), boot.isPresent());
            return new Answer.Refuse(ErrorCode.NOT_FOUND, "not in this machine's boot plan");
        }
        return text ? translated(boot.get(), file.get()) : new Answer.Serve(boot.get(), file.get());
    }

    private static Answer translated(BootSession boot, ServedFile file) {
        if (file.size() > MOST_TEXT) {
            return new Answer.Refuse(
                    ErrorCode.ILLEGAL_OPERATION,
                    "netascii is for texts of up to " + MOST_TEXT / 1024 + " KiB; use octet");
        }
        try {
            byte[] content = switch (file) {
                case ServedFile.Arriving part -> throw new IOException("it is still arriving");
                case ServedFile.Disk disk -> throw new IOException("a disk is no text");
                case ServedFile.OnDisk disk -> Files.readAllBytes(disk.location());
                case ServedFile.Made made -> made.content();
            };
            return new Answer.Serve(boot, new ServedFile.Made(file.path(), Netascii.encode(content)));
        } catch (IOException e) {
            LOG.warnf("cannot read path=%s: %s", file.path(), e.getMessage());
            return new Answer.Refuse(ErrorCode.UNDEFINED, "cannot read the file");
        }
    }
}
