package org.pxemesh.events;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How machines of one architecture boot a Windows PE. All paths are files of the package, wherever its tree keeps them;
 * the names under which Microsoft's boot programs ask for them are known to the agent. {@link LoaderState#nbp} is the
 * program that asks nobody: {@code pxeboot.n12}, or {@code bootmgfw.efi}.
 *
 * @param promptNbp the program that asks a person first ({@code pxeboot.com}, {@code wdsmgfw.efi}), or null
 * @param abortNbp the BIOS program that hands over to the next boot device at once ({@code abortpxe.com}), or null
 * @param bootManager {@code bootmgr.exe}, which the BIOS programs fetch; null for UEFI, whose NBP is the boot manager
 * @param bootSdi the RAM disk's empty partition, {@code boot.sdi}
 * @param bootWim the image that boots, {@code boot.wim} or {@code winpe.wim}
 * @param kitBcd the kit's own BCD store for this firmware, or null
 * @param administratorBcd a BCD store that the administrator gave for this firmware, or null
 * @param bcd which BCD store clients get
 * @param optional files that boot programs ask for and can do without (fonts, {@code boot.stl}, {@code bootres.dll},
 *     policies); asked for by their base names
 * @param delivery how the image goes to clients
 * @param ipxe an iPXE binary for this firmware, which {@link WindowsDelivery#WIMBOOT} begins with; else null
 * @param wimboot the iPXE project's wimboot for this firmware, or null
 * @param signedBy who signed the boot programs; of two loaders for one architecture the first is used
 * @param peBuild the image's Windows build, for example 26100; 0 when it does not tell
 */
public record WindowsBoot(
        @Nullable String promptNbp,
        @Nullable String abortNbp,
        @Nullable String bootManager,
        String bootSdi,
        String bootWim,
        @Nullable String kitBcd,
        @Nullable String administratorBcd,
        BcdSource bcd,
        List<String> optional,
        WindowsDelivery delivery,
        @Nullable String ipxe,
        @Nullable String wimboot,
        BootSigning signedBy,
        int peBuild) {

    public WindowsBoot {
        optional = List.copyOf(Objects.requireNonNull(optional, "optional is missing"));
    }

    /** The stored BCD that clients get; null when one is made for each client, or the chosen one is not there. */
    public @Nullable String storedBcd() {
        return switch (bcd) {
            case GENERATED -> null;
            case KIT -> kitBcd;
            case ADMINISTRATOR -> administratorBcd;
        };
    }

    /** Every file of the package that is named here. */
    public List<String> files() {
        return Stream.concat(
                        Stream.of(
                                promptNbp,
                                abortNbp,
                                bootManager,
                                bootSdi,
                                bootWim,
                                kitBcd,
                                administratorBcd,
                                ipxe,
                                wimboot),
                        optional.stream())
                .filter(Objects::nonNull)
                .toList();
    }
}
