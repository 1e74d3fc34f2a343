package org.pxemesh.zoo.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pxemesh.zoo.tftp.Errand;
import org.pxemesh.zoo.tftp.Errand.Aim;
import org.pxemesh.zoo.tftp.Manners;

/** What a network boot program asks for once it runs; optional files must be refused at once, never met by silence. */
public enum Loader {
    /** The boot program is all. */
    NONE {
        @Override
        List<Errand> errands(String program) {
            return List.of();
        }
    },
    /**
     * shim, then GRUB with its module lists: shim 16.1 and GRUB 2.06 and 2.12 as Debian signs them. {@code revocations.efi} is
     * what shim 15.8 asks for.
     */
    SHIM_AND_GRUB {
        @Override
        List<Errand> errands(String program) {
            String folder = folder(program);
            List<Errand> all = new ArrayList<>();
            Stream.of("revocations_sku.efi", "revocations_sbat.efi", "shim_certificate_0.efi", "revocations.efi")
                    .map(name -> Errand.get(folder + name, Manners.SHIM).optional())
                    .forEach(all::add);
            all.add(Errand.get(folder + "grubx64.efi", Manners.SHIM));
            Stream.of("command.lst", "fs.lst", "crypto.lst", "terminal.lst")
                    .map(name ->
                            Errand.get("/grub/x86_64-efi/" + name, Manners.GRUB).optional())
                    .forEach(all::add);
            all.add(Errand.get("/grub/grub.cfg", Manners.GRUB).optional());
            return all;
        }
    },
    /** Windows' boot manager behind pxeboot.n12. */
    BOOTMGR_BIOS {
        @Override
        List<Errand> errands(String program) {
            Errand font =
                    Errand.get("\\Boot\\Fonts\\wgl4_boot.ttf", Manners.BOOTMGR).optional();
            return List.of(
                    Errand.get("bootmgr.exe", Manners.BIOS),
                    Errand.get("\\Boot\\BCD", Manners.BOOTMGR),
                    font.aiming(Aim.PROBE),
                    font,
                    Errand.get("\\hiberfil.sys", Manners.BOOTMGR).optional(),
                    Errand.get("\\Boot\\boot.sdi", Manners.BOOTMGR),
                    Errand.get("\\Boot\\BOOT.WIM", Manners.BOOTMGR_RAMDISK));
        }
    },
    /** Windows' boot manager as a UEFI boot program: itself once more, then BCD, policies, fonts, ramdisk. */
    BOOTMGR_EFI {
        @Override
        List<Errand> errands(String program) {
            List<Errand> all = new ArrayList<>();
            all.add(Errand.get(program, Manners.BOOTMGR));
            all.add(Errand.get("\\Boot\\BCD", Manners.BOOTMGR).aiming(Aim.PROBE_BY_ERROR_0));
            all.add(Errand.get("\\Boot\\BCD", Manners.BOOTMGR));
            all.add(Errand.get("\\Boot\\BCD", Manners.BOOTMGR));
            Stream.of(
                            "Policies\\SbcpFlightToken",
                            "SecureBootPolicy",
                            "SiPolicy",
                            "SkuSiPolicy",
                            "WinSiPolicy",
                            "ATPSiPolicy",
                            "VbsSiPolicy")
                    .map(name -> Errand.get("\\EFI\\Microsoft\\Boot\\" + name + ".p7b", Manners.BOOTMGR)
                            .optional())
                    .forEach(all::add);
            all.add(Errand.get("\\EFI\\Microsoft\\Boot\\Fonts\\wgl4_boot.ttf", Manners.BOOTMGR)
                    .optional());
            all.add(Errand.get("\\Boot\\boot.sdi", Manners.BOOTMGR));
            all.add(Errand.get("\\Boot\\boot.wim", Manners.BOOTMGR_RAMDISK));
            return all;
        }
    },
    /** The Raspberry Pi's ROM asks below a folder of its serial number first. */
    RASPBERRY_PI {
        @Override
        List<Errand> errands(String program) {
            return Stream.of("7a7a7a7a/start4.elf", "7a7a7a7a/start.elf", "config.txt", "start4.elf", "fixup4.dat")
                    .map(name -> Errand.get(name, Manners.RASPBERRY_PI).optional())
                    .toList();
        }
    };

    abstract List<Errand> errands(String program);

    private static String folder(String program) {
        return program.substring(0, program.replace('\\', '/').lastIndexOf('/') + 1);
    }
}
