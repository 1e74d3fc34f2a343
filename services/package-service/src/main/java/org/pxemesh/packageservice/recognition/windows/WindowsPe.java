package org.pxemesh.packageservice.recognition.windows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pxemesh.content.FilePaths;
import org.pxemesh.content.PackageNotes;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.PackageKind;
import org.pxemesh.packageservice.recognition.ImportOptions;
import org.pxemesh.packageservice.recognition.Ipxe;
import org.pxemesh.packageservice.recognition.KindRecogniser;
import org.pxemesh.packageservice.recognition.Recognised;
import org.pxemesh.packageservice.recognition.Wimboot;
import org.pxemesh.packageservice.revocation.Revocations;
import org.pxemesh.packageservice.secret.ImageSecrets;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.Tree;
import org.pxemesh.packageservice.tool.Tool;
import org.pxemesh.packageservice.wim.WimFile;

/** Windows PE from WAIK, ADK with the WinPE add-on, a Windows medium, ConfigMgr, or a boot image alone. */
public final class WindowsPe implements KindRecogniser {

    public static final String KIND = "windows-pe";

    /** Tools that a request may say are not needed. */
    public static final List<String> DISPENSABLE = Architecture.DISPENSABLE;

    private static final List<String> USUAL = List.of("amd64", "x86", "arm64");

    private final Tool wimlib;
    private final Ipxe ipxe;
    private final Wimboot wimboot;
    private final Revocations revocations;

    public WindowsPe(Tool wimlib, Ipxe ipxe, Wimboot wimboot, Revocations revocations) {
        this.wimlib = wimlib;
        this.ipxe = ipxe;
        this.wimboot = wimboot;
        this.revocations = revocations;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String lookedFor() {
        return "a Windows PE: WAIK (Tools/PETools/<architecture>/winpe.wim), ADK with the WinPE add-on (Windows"
                + " Preinstallation Environment/<architecture>/<language>/winpe.wim), a Windows medium or what copype"
                + " makes (sources/boot.wim), or a boot image alone (*.wim)";
    }

    @Override
    public Optional<Recognised> recognise(Tree tree, ImportOptions options, Path scratch)
            throws IOException, ImportException {
        List<KitPlace> places = KitPlace.find(tree.paths());
        if (places.isEmpty()) {
            refuseInstallers(tree);
            return Optional.empty();
        }
        Map<String, KitPlace> byArchitecture = new LinkedHashMap<>();
        Map<String, WimFile> images = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (KitPlace place : places) {
            if (!options.architectures().isEmpty()
                    && !place.architecture().isEmpty()
                    && !options.architectures().contains(place.architecture())) {
                leftOut.add(place.image());
                continue;
            }
            WimFile image = WimFile.open(wimlib, tree.file(place.image()), place.image());
            String architecture = architecture(place, image);
            if (!USUAL.contains(architecture)) {
                leftOut.add(place.image() + " (" + architecture + ")");
                continue;
            }
            KitPlace other = byArchitecture.put(architecture, place);
            if (other != null) {
                throw new ImportException("two boot images for " + architecture + ": " + other.image() + " and "
                        + place.image() + ". Name the folder of the one that is meant");
            }
            images.put(architecture, image);
        }
        List<String> chosen = chosen(byArchitecture, options, leftOut);
        if (!leftOut.isEmpty()) {
            warnings.add("left out: " + String.join(", ", leftOut) + "; --architecture chooses");
        }
        Revocations.Check revoked = revocations.now();
        WindowsPackage made = new WindowsPackage();
        warnings.forEach(made::warn);
        HttpDelivery http = new HttpDelivery(tree, options, ipxe, wimboot, made);
        List<String> secrets = new ArrayList<>();
        for (String architecture : chosen) {
            WimFile image = get(images, architecture);
            KitPlace place = get(byArchitecture, architecture);
            KitFiles files = KitFiles.open(tree, place, architecture, image, scratch, names());
            if (ConfigMgr.incomplete(files.inside())) {
                Optional<Path> complete = ConfigMgr.complete(wimlib, tree, image, scratch);
                if (complete.isPresent()) {
                    image = WimFile.open(wimlib, complete.get(), place.image());
                    files = KitFiles.open(tree, place, architecture, image, scratch, names());
                    made.warn("the media's variables were put into " + place.image());
                } else {
                    made.warn(ConfigMgr.advice(place.image()));
                }
            }
            new Architecture(architecture, place, image, files, options, http, made, revoked).add();
            secrets.addAll(ImageSecrets.find(image.name(), files.inside(), files::bytes));
        }
        return Optional.of(new Recognised(
                new BootDescriptor(PackageKind.WINDOWS_PE, made.loaders()),
                made.files(),
                new PackageNotes(made.warnings(), made.absent()),
                secrets));
    }

    /** Of a kit for several, amd64 serves every BIOS client that x86 serves. */
    private static List<String> chosen(
            Map<String, KitPlace> byArchitecture, ImportOptions options, List<String> leftOut) throws ImportException {
        if (!options.architectures().isEmpty()) {
            for (String wanted : options.architectures()) {
                if (!byArchitecture.containsKey(wanted)) {
                    throw new ImportException("there is no boot image for " + wanted + ", only for "
                            + String.join(", ", byArchitecture.keySet()) + (leftOut.isEmpty() ? "" : "; " + leftOut));
                }
            }
            return options.architectures();
        }
        List<String> chosen = new ArrayList<>();
        for (String architecture : USUAL) {
            KitPlace place = byArchitecture.get(architecture);
            if (place != null && architecture.equals("x86") && chosen.contains("amd64")) {
                leftOut.add(place.image());
            } else if (place != null) {
                chosen.add(architecture);
            }
        }
        if (chosen.isEmpty()) {
            throw new ImportException(
                    "there is no boot image for " + String.join(", ", USUAL) + ", only " + String.join(", ", leftOut));
        }
        return chosen;
    }

    private static String architecture(KitPlace place, WimFile image) throws ImportException {
        String said = image.image().architecture();
        if (said.isEmpty() && place.architecture().isEmpty()) {
            throw new ImportException(place.image() + " does not say for which architecture it is: put it into a folder"
                    + " amd64, x86 or arm64");
        }
        if (!said.isEmpty() && !place.architecture().isEmpty() && !said.equals(place.architecture())) {
            throw new ImportException(
                    place.image() + " stands in a folder for " + place.architecture() + ", but is for " + said);
        }
        return said.isEmpty() ? place.architecture() : said;
    }

    /** What an administrator gets from Microsoft, before it is installed. */
    private static void refuseInstallers(Tree tree) throws ImportException {
        List<String> installers = tree.paths().stream()
                .filter(path ->
                        FilePaths.fold(path).matches("(.*/)?(waik[^/]*\\.msi|winpe\\.cab|adk(winpe)?setup\\.exe)"))
                .toList();
        if (!installers.isEmpty()) {
            throw new ImportException("this is a kit's installation medium ("
                    + installers.stream().limit(3).collect(Collectors.joining(", "))
                    + "): install it on a Windows machine (ADK: with the WinPE add-on) and import the folder that it"
                    + " makes, for example C:\\Program Files\\Windows AIK or ...\\Windows Kits\\10");
        }
    }

    /** Names to find wherever an image has them: the tools, for its component store; and what may hold secrets. */
    private static Set<String> names() {
        Set<String> names = new HashSet<>(ImageSecrets.NAMES);
        names.addAll(Architecture.TOOLS);
        return names;
    }

    private static <T> T get(Map<String, T> map, String key) {
        T found = map.get(key);
        if (found == null) {
            throw new IllegalStateException(key);
        }
        return found;
    }
}
