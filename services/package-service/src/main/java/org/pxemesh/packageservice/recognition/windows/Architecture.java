package org.pxemesh.packageservice.recognition.windows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootSigning;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;
import org.pxemesh.packageservice.recognition.EfiProgram;
import org.pxemesh.packageservice.recognition.ImportOptions;
import org.pxemesh.packageservice.recognition.ImportOptions.SignedBy;
import org.pxemesh.packageservice.recognition.PackageFile;
import org.pxemesh.packageservice.recognition.windows.KitFiles.Found;
import org.pxemesh.packageservice.revocation.Revocations;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.wim.WimFile;

/** Makes the loaders of one architecture of a kit. */
final class Architecture {

    /** What a boot needs, in the words of Microsoft's documents; {@code bcdedit.exe} is never run. */
    static final List<String> TOOLS = List.of(
            "abortpxe.com", "bcdedit.exe", "boot.sdi", "bootmgr.exe", "pxeboot.com", "pxeboot.n12", "wgl4_boot.ttf");

    /** Without these a boot still works, if less comfortably: the administrator may say that they may be missing. */
    static final List<String> DISPENSABLE = List.of("abortpxe.com", "bcdedit.exe", "pxeboot.com", "wgl4_boot.ttf");

    /** From Windows 11 24H2 on, boot managers for UEFI are known to stop over plain TFTP. */
    private static final int NEEDS_HTTP = 26_100;

    /** Kits have 18; a descriptor takes 64 optional files. */
    private static final int MAX_FONTS = 48;

    private final String name;
    private final KitPlace place;
    private final WimFile image;
    private final KitFiles kit;
    private final ImportOptions options;
    private final HttpDelivery http;
    private final WindowsPackage made;
    private final Revocations.Check revoked;
    private final List<String> missing = new ArrayList<>();

    Architecture(
            String name,
            KitPlace place,
            WimFile image,
            KitFiles kit,
            ImportOptions options,
            HttpDelivery http,
            WindowsPackage made,
            Revocations.Check revoked) {
        this.name = name;
        this.place = place;
        this.image = image;
        this.kit = kit;
        this.options = options;
        this.http = http;
        this.made = made;
        this.revoked = revoked;
    }

    private String path(String rest) {
        return "windows/" + name + "/" + rest;
    }

    /**
     * Adds files and loaders.
     *
     * @throws ImportException that names all that is missing, and where it was looked for
     */
    void add() throws IOException, ImportException {
        String wim = made.add(PackageFile.unpacked(path("boot.wim"), place.image(), image.file()));
        if (!image.bootable()) {
            made.warn(place.image() + " marks no image as the one that boots: Windows' boot manager refuses it; mark it"
                    + " by 'wimlib-imagex info " + place.image() + " 1 --boot'");
        }
        boolean bios = !name.equals("arm64");
        String sdi = required(Wanted.BOOT_SDI, "boot.sdi");
        if (bios) {
            required(Wanted.BCDEDIT, "bcdedit.exe");
            addBios(wim, sdi);
        }
        addUefi(wim, sdi);
        if (!missing.isEmpty()) {
            throw new ImportException(
                    "the " + place.layout() + " for " + name + " is not whole. " + String.join(". ", missing));
        }
    }

    private void addBios(String wim, @Nullable String sdi) throws IOException, ImportException {
        List<Wanted> programs = List.of(
                Wanted.pxe("pxeboot.n12"),
                Wanted.pxe("pxeboot.com"),
                Wanted.pxe("abortpxe.com"),
                Wanted.pxe("bootmgr.exe"));
        boolean any = false;
        for (Wanted program : programs) {
            any |= kit.find(program).isPresent();
        }
        if (!any) {
            programs.forEach(program -> made.absent(name + ": " + program.name()));
            made.warn(place.image() + " has no BIOS boot programs at all: BIOS clients are not served");
            return;
        }
        String n12 = required(programs.get(0), "bios/pxeboot.n12");
        String prompt = required(programs.get(1), "bios/pxeboot.com");
        String abort = required(programs.get(2), "bios/abortpxe.com");
        String manager = required(programs.get(3), "bios/bootmgr.exe");
        required(Wanted.BIOS_FONT, "bios/fonts/wgl4_boot.ttf");
        List<String> optional = fonts("bios/", kit.fonts("boot/fonts/", "/windows/boot/fonts/"));
        String kitBcd = optional(Wanted.BIOS_BCD, "bios/BCD");
        String ownBcd = administratorBcd("bios/administrator.bcd", options.biosBcd());
        BcdSource source = bcdSource(kitBcd, ownBcd, Wanted.BIOS_BCD);
        if (n12 == null || sdi == null) {
            return;
        }
        made.add(LoaderState.windows(
                "bios",
                n12,
                new WindowsBoot(
                        prompt,
                        abort,
                        manager,
                        sdi,
                        wim,
                        kitBcd,
                        ownBcd,
                        source,
                        optional,
                        http.delivery("bios", false),
                        http.ipxe("bios"),
                        http.wimboot("bios"),
                        BootSigning.UNKNOWN,
                        image.image().build())));
    }

    private void addUefi(String wim, @Nullable String sdi) throws IOException, ImportException {
        Firmware firmware = Firmware.of(name);
        Wanted manager = Wanted.bootManager(firmware.loader());
        Map<BootSigning, Found> managers = bySigning(manager, firmware.architecture());
        if (managers.isEmpty()) {
            if (name.equals("arm64")) {
                missing.add("bootmgfw.efi: looked " + kit.places(manager));
            } else {
                made.absent(name + ": bootmgfw.efi");
                made.warn(place.image() + " has no boot manager for UEFI: " + firmware.architecture()
                        + " clients are not served");
            }
            return;
        }
        Map<BootSigning, Found> prompts = bySigning(Wanted.PROMPT, firmware.architecture());
        boolean needsHttp = image.image().build() >= NEEDS_HTTP;
        for (BootSigning signing : order(managers)) {
            Found program = managers.get(signing);
            if (program == null || sdi == null) {
                continue;
            }
            String folder = folder(signing);
            Found asking = prompts.get(signing);
            if (asking == null) {
                made.absent(name + " " + signing + ": wdsmgfw.efi");
            }
            List<String> optional = new ArrayList<>();
            boolean of2023 = signing == BootSigning.CA2023;
            for (Wanted wanted : Wanted.uefiOptional(of2023)) {
                String there = optional(wanted, folder + wanted.name());
                if (there == null) {
                    made.absent(name + " " + signing + ": " + wanted.name());
                } else {
                    optional.add(there);
                }
            }
            optional.addAll(uefiFonts(folder, of2023));
            String kitBcd = optional(Wanted.UEFI_BCD, folder + "BCD");
            String ownBcd = administratorBcd(folder + "administrator.bcd", options.uefiBcd());
            made.add(LoaderState.windows(
                    firmware.architecture(),
                    made.add(program.at(path(folder + "bootmgfw.efi"))),
                    new WindowsBoot(
                            asking == null ? null : made.add(asking.at(path(folder + "wdsmgfw.efi"))),
                            null,
                            null,
                            sdi,
                            wim,
                            kitBcd,
                            ownBcd,
                            bcdSource(kitBcd, ownBcd, Wanted.UEFI_BCD),
                            optional,
                            http.delivery(firmware.architecture(), needsHttp),
                            http.ipxe(firmware.architecture()),
                            http.wimboot(firmware.architecture()),
                            signing,
                            image.image().build())));
        }
        if (needsHttp && http.delivery(firmware.architecture(), true) == WindowsDelivery.TFTP) {
            made.warn(
                    place.image() + " is Windows PE build " + image.image().build() + ": over plain TFTP, boot managers"
                            + " for UEFI of this age are known to stop with 0xc0000225. The way that works is wimboot over HTTP: "
                            + http.advice(firmware.architecture()));
        }
        if (managers.containsKey(BootSigning.CA2011) && managers.containsKey(BootSigning.CA2023)) {
            made.warn(name + " has boot programs signed by Microsoft's authorities of 2011 and of 2023; "
                    + order(managers).getFirst() + " comes first, which firmware with Secure Boot must know;"
                    + " --signed-by chooses");
        }
    }

    /** The first program of each signing that is not revoked (Q112). */
    private Map<BootSigning, Found> bySigning(Wanted wanted, String architecture) throws IOException, ImportException {
        Map<BootSigning, Found> found = new EnumMap<>(BootSigning.class);
        for (Found candidate : kit.findAll(wanted)) {
            Optional<String> why = revoked.why(candidate.file());
            if (why.isPresent()) {
                made.warn(candidate.origin() + " " + why.get() + " and was left out");
                continue;
            }
            Optional<EfiProgram> program = EfiProgram.read(candidate.file());
            if (program.isEmpty() || !program.get().architecture().equals(architecture)) {
                made.warn(candidate.origin() + " is no EFI program for " + architecture + " and was left out");
            } else {
                found.putIfAbsent(program.get().signedBy(), candidate);
            }
        }
        return found;
    }

    private List<BootSigning> order(Map<BootSigning, Found> found) throws ImportException {
        List<BootSigning> order = new ArrayList<>(found.keySet());
        if (options.signedBy() != SignedBy.AUTO) {
            BootSigning first = BootSigning.valueOf(options.signedBy().name());
            if (!order.remove(first)) {
                throw new ImportException("the " + place.layout() + " for " + name + " has no boot manager signed by "
                        + first + ", only by " + found.keySet() + "; ADK 10.1.26100 and later have both");
            }
            order.addFirst(first);
        }
        return order;
    }

    private static String folder(BootSigning signing) {
        return switch (signing) {
            case CA2011 -> "uefi-ca2011/";
            case CA2023 -> "uefi-ca2023/";
            case UNKNOWN -> "uefi/";
        };
    }

    /** The 2023 set has some fonts of its own, and the others in common. */
    private List<String> uefiFonts(String folder, boolean of2023) throws IOException, ImportException {
        Map<String, Found> fonts = new TreeMap<>(kit.fonts("efi/microsoft/boot/fonts/", "/windows/boot/fonts/"));
        if (of2023) {
            fonts.putAll(kit.fonts("efi/microsoft/boot/fonts_ex/", "/windows/boot/fonts_ex/"));
        }
        return fonts(folder, fonts);
    }

    private List<String> fonts(String folder, Map<String, Found> fonts) {
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, Found> font : fonts.entrySet()) {
            paths.add(made.add(font.getValue().at(path(folder + "fonts/" + font.getKey()))));
        }
        return paths.subList(0, Math.min(paths.size(), MAX_FONTS));
    }

    private @Nullable String optional(Wanted wanted, String at) throws IOException, ImportException {
        return kit.find(wanted).map(found -> made.add(found.at(path(at)))).orElse(null);
    }

    private @Nullable String required(Wanted wanted, String at) throws IOException, ImportException {
        String there = optional(wanted, at);
        if (there != null) {
            return there;
        }
        if (options.without().contains(wanted.name()) && DISPENSABLE.contains(wanted.name())) {
            made.absent(name + ": " + wanted.name());
            return null;
        }
        String hint = "";
        if (wanted.name().equals("bootmgr.exe")) {
            Optional<Found> stub = kit.find(Wanted.BOOTMGR);
            if (stub.isPresent()) {
                hint = " (" + stub.get().origin()
                        + " is there, but that is the boot manager for disks, with bootmgr.exe"
                        + " packed inside: take bootmgr.exe from another boot image's \\Windows\\Boot\\PXE and put it"
                        + " beside this one)";
            }
        } else if (DISPENSABLE.contains(wanted.name())) {
            hint = " (a package can do without it: --without " + wanted.name() + ")";
        }
        missing.add(wanted.name() + " is missing: looked " + kit.places(wanted) + hint);
        return null;
    }

    private @Nullable String administratorBcd(String at, byte @Nullable [] store) {
        return store == null
                ? null
                : made.add(new PackageFile(
                        path(at), "the administrator", store.length, () -> new ByteArrayInputStream(store)));
    }

    private BcdSource bcdSource(@Nullable String kitBcd, @Nullable String ownBcd, Wanted wanted) {
        if (ownBcd != null) {
            return BcdSource.ADMINISTRATOR;
        }
        if (options.bcd() == BcdSource.KIT) {
            if (kitBcd == null) {
                missing.add("the kit's own " + wanted.name() + " was asked for and is missing: looked "
                        + kit.places(wanted));
                return BcdSource.GENERATED;
            }
            return BcdSource.KIT;
        }
        return BcdSource.GENERATED;
    }

    /** UEFI's words for an architecture. */
    private record Firmware(String architecture, String loader) {
        static Firmware of(String name) {
            return switch (name) {
                case "x86" -> new Firmware("ia32-uefi", "bootia32.efi");
                case "arm64" -> new Firmware("aa64-uefi", "bootaa64.efi");
                default -> new Firmware("x64-uefi", "bootx64.efi");
            };
        }
    }
}
