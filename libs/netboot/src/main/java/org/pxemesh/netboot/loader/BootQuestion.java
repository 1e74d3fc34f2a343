package org.pxemesh.netboot.loader;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person in front of a machine is asked before it boots; no answer is a no.
 *
 * @param name of what would boot, one word
 * @param seconds to answer in, at least 1
 */
public record BootQuestion(String name, int seconds) {

    private static final Pattern PATH =
            Pattern.compile("ask/(\\d{1,4})/" + Pattern.quote(LoaderConfiguration.IPXE_SCRIPT));

    public BootQuestion {
        IpxeScript.requireWord(name);
        if (name.indexOf('\'') >= 0) {
            throw new IllegalArgumentException("a quote in '" + name + "' would end GRUB's");
        }
        if (seconds < 1) {
            throw new IllegalArgumentException("nobody answers within " + seconds + " s");
        }
    }

    /** Under which an iPXE that has waited asks for its script anew, with what is left of its time. */
    static String path(int secondsLeft) {
        return "ask/" + secondsLeft + "/" + LoaderConfiguration.IPXE_SCRIPT;
    }

    /** The time that is left, when the path is that of an iPXE that has waited. */
    public static OptionalInt secondsLeft(String path) {
        Matcher asked = PATH.matcher(path);
        return asked.matches() ? OptionalInt.of(Integer.parseInt(asked.group(1))) : OptionalInt.empty();
    }
}
