package org.pxemesh.packageservice.recognition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.packageservice.source.Tree;

/**
 * What a GRUB for UEFI tells of itself. Its version stands in its {@code .sbat} section. Whether it takes its server from a
 * boot server's offer follows from no version: upstream's GRUB (2.06 to 2.14) does not, Fedora's and Debian 13's are
 * patched to, and their builds have the words that the patch prints.
 *
 * @param version as its distribution counts, else upstream's; empty where it does not say
 * @param takesProxyOffers whether it finds its configuration over PXE behind a proxyDHCP server
 */
record GrubProgram(String version, boolean takesProxyOffers) {

    /** GRUBs for the network have 2 to 4 MB. */
    private static final int MOST = 16 << 20;

    private static final String PATCHED = "setting values from proxy offer";

    /** Format: shim's SBAT.md; a line is component, generation, vendor, package, version, URL. */
    private static final Pattern DISTRIBUTION =
            Pattern.compile("(?m)^grub\\.\\w+,\\d+,[^,\n]+,[^,\n]+,([\\w.+~:-]{1,60}),");

    private static final Pattern UPSTREAM = Pattern.compile("(?m)^grub,\\d+,[^,\n]+,[^,\n]+,([\\w.+~:-]{1,60}),");

    static GrubProgram read(Tree tree, String path) throws IOException {
        return of(tree.head(path, MOST));
    }

    static GrubProgram of(byte[] program) {
        String text = new String(program, StandardCharsets.ISO_8859_1);
        String distribution = first(DISTRIBUTION, text);
        return new GrubProgram(distribution.isEmpty() ? first(UPSTREAM, text) : distribution, text.contains(PATCHED));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
