package org.pxemesh.netboot.watch;

import java.util.Locale;

/**
 * What can be wrong in a segment beside the mesh: the table of {@code docs/troubleshooting.md}. A symptom is what stands on
 * the screen of the machine that wants to boot, by Intel's codes; UEFI says the same in its own words.
 */
public enum Trouble {
    NO_DHCP(
            "PXE-E51",
            "nobody offers an address",
            "start the site's DHCP server, or its relay for this network; PXE Mesh gives no addresses"),
    PROXY_WITHOUT_DHCP(
            "PXE-E52",
            "boot servers answer, and nobody offers an address",
            "start the site's DHCP server, or its relay for this network; PXE Mesh gives no addresses"),
    DHCP_CLAIMS_PXE(
            "PXE-E55",
            "the DHCP server sends option 60 without option 43: clients ask its port 4011, and UEFI asks nobody else",
            "take option 60 out of the DHCP server's answers; it belongs there only where its own host is the boot server."
                    + " Peers begin with the form pxe10 meanwhile, which wins with most UEFI firmware"),
    DHCP_IS_PXE(
            "another system boots, or PXE-E53",
            "the DHCP server itself says what to boot (options 60 and 43), which wins over every other boot server",
            "take options 60 and 43 out of the DHCP server's answers"),
    DHCP_NAMES_BOOT_FILE(
            "PXE-E32, PXE-E35, PXE-E3B or PXE-T04, or another system boots",
            "the DHCP server names a boot file or its server (file, options 66, 67, 150)",
            "take these options out of the DHCP server's answers; old firmware and iPXE take them before ours"),
    DHCP_FORBIDS_PROXIES(
            "iPXE: no boot file name",
            "the DHCP server sends option 175.176: iPXE ignores all proxyDHCP offers",
            "take option 175 (iPXE's no-pxedhcp) out of the DHCP server's answers"),
    DHCP_SENDS_252(
            "Windows boot manager 0xc000000f",
            "the DHCP server sends option 252 (WPAD), which Windows' boot manager takes for the path of its BCD store",
            "take option 252 out of the DHCP server's answers to PXE clients"),
    FOREIGN_PROXY(
            "another system boots, now and then",
            "another boot server answers in this segment: firmware takes the first offer, or the last",
            "stop that boot server, or keep it out of this segment"),
    DEAD_BOOT_SERVER(
            "PXE-E55, PXE-E78, ten seconds of waiting, or iPXE's \"Nothing to boot\" (ipxe.org/2d03e13b)",
            "a boot server sends clients to port 4011 and does not answer there",
            "stop that boot server, or open port 4011/udp on its host. Peers begin with the form pxe10 meanwhile, which"
                    + " spares UEFI the wait, and answer iPXE in that server's place"),
    NO_SERVER_LIST(
            "PXE-E77",
            "a boot server's menu admits listed servers alone, and lists none (43.6 without 43.8)",
            "mend that boot server's menu, or stop it"),
    OFFERS_SNOOPED(
            "PXE-E53",
            "a peer answered, and its offer did not arrive here: a switch lets DHCP servers' answers pass from trusted ports"
                    + " only (DHCP snooping)",
            "let the switch trust the peers' ports for DHCP, or let only peers on trusted ports serve"),
    NO_PEER(
            "PXE-E53",
            "no peer of the mesh answered the probe",
            "is an agent running in this segment, and does it serve (pxemesh-agent status)?");

    private final String symptom;
    private final String meaning;
    private final String cure;

    Trouble(String symptom, String meaning, String cure) {
        this.symptom = symptom;
        this.meaning = meaning;
        this.cure = cure;
    }

    /** For people, events and scripts: {@code dhcp-claims-pxe}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the user sees. */
    public String symptom() {
        return symptom;
    }

    public String meaning() {
        return meaning;
    }

    public String cure() {
        return cure;
    }
}
