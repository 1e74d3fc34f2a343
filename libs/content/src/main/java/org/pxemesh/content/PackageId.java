package org.pxemesh.content;

import java.util.regex.Pattern;

/**
 * Which package, in which version; written {@code name@version}, as in event keys, policies and on the command line.
 *
 * @param name 1 to 64 of {@code a-z 0-9 . _ -}, beginning with a letter or digit
 * @param version 1 to 64 of {@code A-Z a-z 0-9 . _ + ~ -}, beginning with a letter or digit
 */
public record PackageId(String name, String version) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]{0,63}");

    public PackageId {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "name must be 1 to 64 of a-z 0-9 . _ - and begin with a letter or digit");
        }
        if (!isVersion(version)) {
            throw new IllegalArgumentException(
                    "version must be 1 to 64 of A-Z a-z 0-9 . _ + ~ - and begin with a letter or digit");
        }
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    /** Reads {@code name@version}. */
    public static PackageId parse(String reference) {
        int at = reference.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("a package is written name@version");
        }
        return new PackageId(reference.substring(0, at), reference.substring(at + 1));
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
