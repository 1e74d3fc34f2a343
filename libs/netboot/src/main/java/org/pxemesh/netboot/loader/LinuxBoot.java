package org.pxemesh.netboot.loader;

import java.util.List;

/**
 * A Linux system to boot at once, without a menu.
 *
 * @param kernel path in the served tree, without a leading slash
 * @param initrd path in the served tree, without a leading slash
 * @param arguments the kernel's command line, word by word
 */
public record LinuxBoot(String kernel, String initrd, List<String> arguments) {

    public LinuxBoot {
        requireWord("kernel path", kernel);
        requireWord("initrd path", initrd);
        arguments = List.copyOf(arguments);
        arguments.forEach(argument -> requireWord("kernel argument", argument));
    }

    /** A line break or a quote would let one value write lines of the configuration that holds it. */
    private static void requireWord(String what, String value) {
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '\'' || c == '"')) {
            throw new IllegalArgumentException(what + " must be one word without quotes: '" + value + "'");
        }
    }

    /**
     * Whether iPXE hands an argument to the kernel as it is. In its scripts a dollar sign begins a setting, and bars or
     * ampersands end a command.
     */
    public static boolean isPlainInScripts(String argument) {
        return argument.chars().noneMatch(c -> c == '$' || c == '|' || c == '&' || c == '#' || c == '\\');
    }

    String commandLine() {
        return String.join(" ", arguments);
    }
}
