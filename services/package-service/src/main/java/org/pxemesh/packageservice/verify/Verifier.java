package org.pxemesh.packageservice.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.ChunkVerifier;
import org.pxemesh.content.ChunkVerifier.Verdict;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.ManifestSignature;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.packageservice.revocation.Revocations;
import org.pxemesh.packageservice.store.ContentStore;
import org.pxemesh.packageservice.verify.VerificationStatus.Damage;

/**
 * Holds what stands on the disk against a version's manifest, that against its signature, and EFI programs against the
 * revocation lists.
 */
final class Verifier {

    private final ContentStore store;
    private final TrustedKeys trusted;
    private final Sha256 digest;
    private final Revocations.Check revoked;
    private final Consumer<VerificationStatus> progress;
    private final List<Damage> damaged = new ArrayList<>();
    private VerificationStatus status;

    Verifier(
            ContentStore store,
            TrustedKeys trusted,
            Sha256 digest,
            Revocations.Check revoked,
            VerificationStatus begun,
            Consumer<VerificationStatus> progress) {
        this.store = store;
        this.trusted = trusted;
        this.digest = digest;
        this.revoked = revoked;
        this.status = begun;
        this.progress = progress;
    }

    /** Reads all there is; what it says at the end is not ended yet. */
    VerificationStatus verify() throws IOException {
        Manifest manifest = manifest();
        if (manifest != null) {
            files(manifest);
        }
        return status;
    }

    /** @return null if it cannot be believed, and so says nothing about the files */
    private @Nullable Manifest manifest() throws IOException {
        Path file = store.manifest(digest);
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (!Sha256.of(bytes).equals(digest)) {
                damaged("manifest", digest, "has other bytes than the signed record names", file);
                return null;
            }
            signature(bytes);
            return Manifest.parse(bytes);
        } catch (NoSuchFileException e) {
            damaged("manifest", digest, "is not there", file);
        } catch (ManifestException e) {
            damaged("manifest", digest, "cannot be read: " + e.getMessage(), file);
        }
        return null;
    }

    private void signature(byte[] manifest) throws IOException {
        Path file = store.signature(digest);
        try {
            String line = Files.readString(file, StandardCharsets.US_ASCII);
            Optional<String> refused = ManifestSignature.parse(line).refuse(manifest, trusted);
            refused.ifPresent(why -> damaged("manifest.sig", digest, why, file));
        } catch (NoSuchFileException e) {
            damaged("manifest.sig", digest, "is not there", file);
        } catch (IllegalArgumentException e) {
            damaged("manifest.sig", digest, "cannot be read: " + e.getMessage(), file);
        }
    }

    private void files(Manifest manifest) {
        Map<Sha256, ManifestFile> once = new LinkedHashMap<>();
        manifest.files().forEach(file -> once.putIfAbsent(file.sha256(), file));
        long all = once.values().stream().mapToLong(ManifestFile::size).sum();
        int filesDone = 0;
        long bytesDone = 0;
        for (ManifestFile file : once.values()) {
            long before = bytesDone;
            int done = filesDone;
            file(file, read -> tell(status.at(done, once.size(), before + read, all, damaged)));
            bytesDone += file.size();
            filesDone++;
        }
        tell(status.at(filesDone, once.size(), bytesDone, all, damaged));
    }

    private void file(ManifestFile file, java.util.function.LongConsumer read) {
        Path place = store.file(file.sha256());
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ)) {
            if (channel.size() != file.size()) {
                damaged(file.path(), file.sha256(), "has " + channel.size() + " bytes, not " + file.size(), place);
                return;
            }
            List<Chunk> bad = new ArrayList<>();
            ByteBuffer buffer = ByteBuffer.allocate(Chunk.MAX_LENGTH);
            for (Chunk chunk : file.chunks()) {
                buffer.clear().limit(chunk.length());
                while (buffer.hasRemaining() && channel.read(buffer, chunk.offset() + buffer.position()) >= 0) {}
                if (ChunkVerifier.verify(chunk, buffer.flip()) != Verdict.GOOD) {
                    bad.add(chunk);
                }
                read.accept(chunk.end());
            }
            if (!bad.isEmpty()) {
                Chunk first = bad.getFirst();
                damaged(
                        file.path(),
                        file.sha256(),
                        bad.size() + " of " + file.chunks().size() + " chunks have other bytes, the first at "
                                + first.offset() + " to " + (first.end() - 1),
                        place);
            }
            revoked.why(file.sha256(), place)
                    .ifPresent(why -> damaged(file.path(), file.sha256(), why + "; retire this version", place));
        } catch (NoSuchFileException e) {
            damaged(file.path(), file.sha256(), "is not there", place);
        } catch (IOException e) {
            damaged(file.path(), file.sha256(), "cannot be read: " + e.getMessage(), place);
        }
    }

    private void damaged(String path, Sha256 sha256, String problem, Path stored) {
        damaged.add(new Damage(path, sha256.hex(), problem, stored.toString()));
        tell(status.at(status.filesDone(), status.files(), status.bytesDone(), status.bytes(), damaged));
    }

    private void tell(VerificationStatus now) {
        status = now;
        progress.accept(now);
    }
}
