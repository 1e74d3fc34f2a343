package org.pxemesh.packageservice.recognition.windows;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.content.FilePaths;

/**
 * A boot image in a tree, and the folders where its kit keeps loose files. Which kit it is follows from the image's path
 * alone, so that it does not matter how far above it the administrator pointed.
 *
 * @param image path of the WIM
 * @param layout for people
 * @param architecture by the folder's name: {@code amd64}, {@code x86}, {@code arm64} ...; empty if no folder says it
 * @param folders that hold loose boot files, with a {@code /} behind each; the first is the image's own root
 */
record KitPlace(String image, String layout, String architecture, List<String> folders) {

    private static final int ANY_CASE = Pattern.CASE_INSENSITIVE;
    private static final String ARCHITECTURES = "x86|i386|amd64|x64|ia64|arm64|arm";

    /** {@code Tools\PETools\amd64\winpe.wim}, or the same folders of the WAIK supplement. */
    private static final Pattern WAIK =
            Pattern.compile("(?<root>(?<above>.*/)?(?<arch>" + ARCHITECTURES + ")/)winpe\\.wim", ANY_CASE);

    /** {@code Windows Preinstallation Environment\amd64\en-us\winpe.wim}; {@code copype} and language packs keep it. */
    private static final Pattern ADK = Pattern.compile(
            "(?<root>(?:(?:.*/)?(?<arch>" + ARCHITECTURES + ")/)?)[a-z]{2,3}(-[a-z]{2,4})+/winpe\\.wim", ANY_CASE);

    /** A Windows medium, what {@code copype} makes, ConfigMgr's bootable media. */
    private static final Pattern MEDIUM = Pattern.compile("(?<root>(?:.*/)?)sources/boot\\.wim", ANY_CASE);

    private static final Pattern BARE = Pattern.compile("(?<root>(?:.*/)?)[^/]+\\.wim", ANY_CASE);

    /** Hold no WinPE of their own, or Windows itself. */
    private static final Set<String> NEVER = Set.of("install.wim", "winre.wim");

    /** All boot images of a tree; bare ones only where no kit is. */
    static List<KitPlace> find(Collection<String> paths) {
        List<KitPlace> kits = new ArrayList<>();
        List<KitPlace> bare = new ArrayList<>();
        for (String path : paths) {
            String folded = FilePaths.fold(path);
            if (!folded.endsWith(".wim") || NEVER.contains(folded.substring(folded.lastIndexOf('/') + 1))) {
                continue;
            }
            Matcher adk = ADK.matcher(path);
            Matcher waik = WAIK.matcher(path);
            Matcher medium = MEDIUM.matcher(path);
            Matcher other = BARE.matcher(path);
            if (adk.matches()) {
                String root = adk.group("root");
                kits.add(new KitPlace(path, "ADK", word(adk.group("arch")), List.of(root + "Media/", root)));
            } else if (waik.matches()) {
                kits.add(new KitPlace(path, "WAIK", word(waik.group("arch")), List.of(waik.group("root"))));
            } else if (medium.matches()) {
                kits.add(new KitPlace(path, "Windows medium", "", List.of(medium.group("root"))));
            } else if (other.matches()) {
                bare.add(new KitPlace(path, "boot image", "", List.of(other.group("root"))));
            }
        }
        return kits.isEmpty() ? bare : kits;
    }

    @SuppressWarnings("NullAway") // a group that matched nothing is null
    private static String word(String folder) {
        if (folder == null) {
            return "";
        }
        return switch (folder.toLowerCase(Locale.ROOT)) {
            case "x64" -> "amd64";
            case "i386" -> "x86";
            default -> folder;
        };
    }
}
