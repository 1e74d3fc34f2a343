package org.pxemesh.packageservice;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of imports as tests need them; nothing of the machine's own but the tools on its PATH. */
public record TestConfig(
        Optional<List<Path>> roots,
        Optional<Path> ipxe,
        Optional<Path> ipxeBios,
        Optional<Path> wimboot,
        Optional<Path> wimlib,
        Optional<Path> sevenZip,
        Optional<List<Path>> revoked,
        long maxBytes,
        int maxFiles)
        implements ImportConfig {

    private static final Path NOWHERE = Path.of("/nowhere");

    /** No roots, no iPXE, no wimboot. */
    public static TestConfig of(long maxBytes, int maxFiles) {
        return new TestConfig(
                Optional.empty(),
                Optional.of(NOWHERE),
                Optional.of(NOWHERE),
                Optional.of(NOWHERE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                maxBytes,
                maxFiles);
    }

    public TestConfig roots(List<Path> some) {
        return new TestConfig(
                some.isEmpty() ? Optional.empty() : Optional.of(some),
                ipxe,
                ipxeBios,
                wimboot,
                wimlib,
                sevenZip,
                revoked,
                maxBytes,
                maxFiles);
    }

    /** iPXE's two binaries and wimboot. */
    public TestConfig programs(Path uefi, Path bios, Path boot) {
        return new TestConfig(
                roots,
                Optional.of(uefi),
                Optional.of(bios),
                Optional.of(boot),
                wimlib,
                sevenZip,
                revoked,
                maxBytes,
                maxFiles);
    }

    /** Revocation lists. */
    public TestConfig revoked(List<Path> lists) {
        return new TestConfig(roots, ipxe, ipxeBios, wimboot, wimlib, sevenZip, Optional.of(lists), maxBytes, maxFiles);
    }

    /** Tools that are not installed. */
    public TestConfig withoutTools() {
        return new TestConfig(
                roots,
                ipxe,
                ipxeBios,
                wimboot,
                Optional.of(NOWHERE),
                Optional.of(NOWHERE),
                revoked,
                maxBytes,
                maxFiles);
    }
}
