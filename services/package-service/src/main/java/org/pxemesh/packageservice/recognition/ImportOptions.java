package org.pxemesh.packageservice.recognition;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BcdSource;

/**
 * What the administrator said beside naming a source.
 *
 * @param kind which recogniser to ask; {@code auto} for all
 * @param arguments of a Linux kernel, a word each
 * @param kernel path in the source, when there are several
 * @param initrd path in the source, when there are several
 * @param architectures of a Windows kit to take, the first for BIOS clients; empty for the usual ones
 * @param signedBy whose UEFI programs of a Windows kit come first
 * @param delivery how a Windows PE goes to its clients
 * @param bcd which BCD store its clients get
 * @param biosBcd the administrator's store for BIOS clients
 * @param uefiBcd the administrator's store for UEFI clients
 * @param without tools of a Windows kit that may be missing
 */
public record ImportOptions(
        String kind,
        List<String> arguments,
        Optional<String> kernel,
        Optional<String> initrd,
        List<String> architectures,
        SignedBy signedBy,
        Delivery delivery,
        BcdSource bcd,
        byte @Nullable [] biosBcd,
        byte @Nullable [] uefiBcd,
        List<String> without) {

    public static final String AUTO = "auto";

    /** Whose signature. */
    public enum SignedBy {
        CA2011,
        CA2023,
        AUTO
    }

    /** Which way. */
    public enum Delivery {
        TFTP,
        WIMBOOT,
        AUTO
    }

    /** As if nothing had been said. */
    public static final ImportOptions NONE = new ImportOptions(
            AUTO,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            SignedBy.AUTO,
            Delivery.AUTO,
            BcdSource.GENERATED,
            null,
            null,
            List.of());
}
