package org.pxemesh.events;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How machines of one architecture boot a package.
 *
 * @param architecture {@code bios}, {@code x64-uefi}, {@code ia32-uefi} or {@code aa64-uefi}
 * @param nbp path of the first program, inside the package
 * @param next programs that the first one fetches by itself
 * @param kernel path of the kernel, or null
 * @param initrd path of the initial RAM disk, or null
 * @param arguments kernel arguments that the package needs
 * @param canPrompt whether the loader can ask before it boots
 * @param windows for a Windows PE, which has no kernel, initrd or arguments; else null
 */
public record LoaderState(
        String architecture,
        String nbp,
        List<String> next,
        @Nullable String kernel,
        @Nullable String initrd,
        List<String> arguments,
        boolean canPrompt,
        @Nullable WindowsBoot windows) {
    public LoaderState {
        next = List.copyOf(Objects.requireNonNull(next, "next is missing"));
        arguments = List.copyOf(Objects.requireNonNull(arguments, "arguments is missing"));
    }

    /** A loader of anything but Windows. */
    public LoaderState(
            String architecture,
            String nbp,
            List<String> next,
            @Nullable String kernel,
            @Nullable String initrd,
            List<String> arguments,
            boolean canPrompt) {
        this(architecture, nbp, next, kernel, initrd, arguments, canPrompt, null);
    }

    /** A loader of Windows PE; it can ask when it has a program for that. */
    public static LoaderState windows(String architecture, String nbp, WindowsBoot windows) {
        return new LoaderState(
                architecture, nbp, List.of(), null, null, List.of(), windows.promptNbp() != null, windows);
    }

    /** Every file of the package that this loader names. */
    public List<String> files() {
        return Stream.of(
                        Stream.of(nbp, kernel, initrd).filter(Objects::nonNull),
                        next.stream(),
                        windows == null ? Stream.<String>empty() : windows.files().stream())
                .flatMap(each -> each)
                .distinct()
                .toList();
    }
}
