package org.pxemesh.zoo.firmware;

import java.util.List;
import org.pxemesh.zoo.tftp.Errand;
import org.pxemesh.zoo.tftp.Manners;

/**
 * A kind of firmware.
 *
 * @param architectures values of option 93
 * @param vendorClass option 60
 * @param ipxe whether it tells that it is iPXE: option 77 raw and option 175
 * @param discoverMillis how long each DISCOVER is waited for; their number is the number of attempts
 * @param patienceMillis from the first DISCOVER, after which a choice is made of what is there
 * @param bootServerMillis how long each question at port 4011 is waited for
 * @param bootServerPort the client's own port of these questions: EDK2 listens on 4011, the others on 68
 * @param strictSourcePort whether an answer must come from port 4011 (iPXE)
 * @param loader what the boot program does
 */
public record Firmware(
        String name,
        List<Integer> architectures,
        String vendorClass,
        boolean ipxe,
        List<Integer> discoverMillis,
        int patienceMillis,
        OfferRule rule,
        List<Integer> bootServerMillis,
        int bootServerPort,
        boolean strictSourcePort,
        Loader loader) {

    private static final List<Integer> PXE_TIMERS = List.of(4000, 8000, 16000, 32000);
    private static final List<Integer> BOOT_SERVER_TIMERS = List.of(1000, 2000, 3000, 4000);

    /** Intel's ROM of a BIOS machine. */
    public static final Firmware INTEL_BIOS = pxe("intel-bios", 0, 2001, new BiosRule(), 68, Loader.NONE);

    /** OVMF 2022.11-6+deb12u2, as the lab captured it; where a card has a UNDI driver, its version is 003016. */
    public static final Firmware EDK2 = pxe("edk2", 7, 3000, new Edk2Rule(true, true), 4011, Loader.NONE);

    /** The builds that only BINL reaches. */
    public static final Firmware EDK2_BINL_ONLY =
            pxe("edk2-binl-only", 7, 3016, new Edk2Rule(false, true), 4011, Loader.NONE);

    /** The same of 2016, for menus alone: it is not among {@link #ALL}. */
    public static final Firmware EDK2_2016 = pxe("edk2-2016", 7, 3016, new Edk2Rule(true, false), 4011, Loader.NONE);

    public static final Firmware SHIM_GRUB = EDK2.loading("shim-grub", Loader.SHIM_AND_GRUB);
    public static final Firmware BOOTMGR_BIOS = INTEL_BIOS.loading("bootmgr-bios", Loader.BOOTMGR_BIOS);
    public static final Firmware BOOTMGR_EFI = EDK2.loading("bootmgr-efi", Loader.BOOTMGR_EFI);
    public static final Firmware IPXE_BIOS = ipxe("ipxe-bios", 0);
    public static final Firmware IPXE_EFI = ipxe("ipxe-efi", 7);

    /** A Pi 4 or 5: arch 0 whatever it is. */
    public static final Firmware RASPBERRY_PI = new Firmware(
            "raspberry-pi",
            List.of(0),
            "PXEClient:Arch:00000:UNDI:002001",
            false,
            List.of(4000, 4000, 4000, 4000),
            4000,
            new RaspberryPiRule(),
            BOOT_SERVER_TIMERS,
            68,
            false,
            Loader.RASPBERRY_PI);

    /** EDK2's HTTP Boot. */
    public static final Firmware HTTP_BOOT = new Firmware(
            "edk2-http",
            List.of(16),
            "HTTPClient:Arch:00016:UNDI:003000",
            false,
            PXE_TIMERS,
            4000,
            new HttpBootRule(),
            List.of(),
            68,
            false,
            Loader.NONE);

    /** All, in the order of reports. */
    public static final List<Firmware> ALL = List.of(
            INTEL_BIOS,
            EDK2,
            EDK2_BINL_ONLY,
            IPXE_BIOS,
            IPXE_EFI,
            SHIM_GRUB,
            BOOTMGR_BIOS,
            BOOTMGR_EFI,
            RASPBERRY_PI,
            HTTP_BOOT);

    private static Firmware pxe(String name, int arch, int undi, OfferRule rule, int port, Loader loader) {
        String vendorClass = "PXEClient:Arch:%05d:UNDI:%06d".formatted(arch, undi);
        return new Firmware(
                name,
                List.of(arch),
                vendorClass,
                false,
                PXE_TIMERS,
                4000,
                rule,
                BOOT_SERVER_TIMERS,
                port,
                false,
                loader);
    }

    /** iPXE repeats its DISCOVER after 1, 2, 4 ... seconds, and after 2 s goes on without a proxy. */
    private static Firmware ipxe(String name, int arch) {
        return new Firmware(
                name,
                List.of(arch),
                "PXEClient:Arch:%05d:UNDI:%06d".formatted(arch, arch == 0 ? 2001 : 3010),
                true,
                List.of(1000, 2000, 4000, 8000, 10000),
                2000,
                new IpxeRule(),
                List.of(250, 500, 1000, 250),
                68,
                true,
                Loader.NONE);
    }

    private Firmware loading(String other, Loader next) {
        return new Firmware(
                other,
                architectures,
                vendorClass,
                ipxe,
                discoverMillis,
                patienceMillis,
                rule,
                bootServerMillis,
                bootServerPort,
                strictSourcePort,
                next);
    }

    /** The same firmware with other values of option 93. */
    public Firmware claiming(Integer... codes) {
        return new Firmware(
                name,
                List.of(codes),
                vendorClass,
                ipxe,
                discoverMillis,
                patienceMillis,
                rule,
                bootServerMillis,
                bootServerPort,
                strictSourcePort,
                loader);
    }

    /** A machine that this firmware runs on: a Raspberry Pi is one by its address alone. */
    public Bare machine(int n) {
        boolean pi = kind() instanceof RaspberryPiRule;
        return pi ? Bare.of(new byte[] {(byte) 0xb8, 0x27, (byte) 0xeb, 0, 0, (byte) n}, n) : Bare.number(n);
    }

    /** The same machine, blind for all forms of a proxy's offer but one. */
    public Firmware taking(StubbornRule.Takes takes) {
        return new Firmware(
                name + "-only-" + takes.name().toLowerCase(java.util.Locale.ROOT),
                architectures,
                vendorClass,
                ipxe,
                discoverMillis,
                patienceMillis,
                new StubbornRule(rule, takes),
                bootServerMillis,
                bootServerPort,
                strictSourcePort,
                loader);
    }

    /** The same machine, asking five times at even intervals: firmware differs in its timers too. */
    public Firmware asking(int everyMillis) {
        return new Firmware(
                name,
                architectures,
                vendorClass,
                ipxe,
                List.of(everyMillis, everyMillis, everyMillis, everyMillis, everyMillis),
                everyMillis,
                rule,
                bootServerMillis,
                bootServerPort,
                strictSourcePort,
                loader);
    }

    private OfferRule kind() {
        return rule instanceof StubbornRule stubborn ? stubborn.otherwise() : rule;
    }

    public boolean isUefi() {
        return kind() instanceof Edk2Rule;
    }

    /** Whether Escape at a menu's prompt leads to the offer's boot file, whether there is one or not. */
    boolean bootsAfterEscape() {
        return kind() instanceof Edk2Rule edk2 && !edk2.looksAfterEscape();
    }

    public boolean isHttp() {
        return kind() instanceof HttpBootRule;
    }

    /** How it fetches its boot program: EDK2 and the BIOS ask the size and abort first, iPXE does not. */
    java.util.List<Errand> errands(String program) {
        java.util.List<Errand> all = new java.util.ArrayList<>(
                switch (kind()) {
                    case Edk2Rule r ->
                        List.of(Errand.probe(program, Manners.EDK2_SIZE), Errand.get(program, Manners.EDK2));
                    case BiosRule r ->
                        List.of(Errand.probe(program, Manners.BIOS_SIZE), Errand.get(program, Manners.BIOS));
                    case IpxeRule r -> List.of(Errand.get(program, Manners.IPXE));
                    case RaspberryPiRule r -> List.<Errand>of();
                    case HttpBootRule r -> List.<Errand>of();
                    case StubbornRule r -> throw new IllegalStateException("a stubborn rule is one of the others");
                });
        all.addAll(loader.errands(program));
        return all;
    }

    /** How it writes its messages. */
    Wording wording() {
        return switch (kind()) {
            case Edk2Rule r -> Wording.EDK2;
            case HttpBootRule r -> Wording.EDK2_HTTP;
            case IpxeRule r -> Wording.IPXE;
            case BiosRule r -> Wording.ROM;
            case RaspberryPiRule r -> Wording.ROM;
            case StubbornRule r -> throw new IllegalStateException("a stubborn rule is one of the others");
        };
    }

    /** Option 93. */
    byte[] architectureCodes() {
        byte[] codes = new byte[2 * architectures.size()];
        for (int i = 0; i < architectures.size(); i++) {
            codes[2 * i] = (byte) (architectures.get(i) >> 8);
            codes[2 * i + 1] = architectures.get(i).byteValue();
        }
        return codes;
    }

    /** Option 94: UNDI and its version, which also ends the vendor class. */
    byte[] networkInterface() {
        int version = Integer.parseInt(vendorClass.substring(vendorClass.length() - 6));
        return new byte[] {1, (byte) (version / 1000), (byte) (version % 1000)};
    }
}
