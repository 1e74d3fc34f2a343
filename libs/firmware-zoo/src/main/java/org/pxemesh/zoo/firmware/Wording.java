package org.pxemesh.zoo.firmware;

import java.util.HexFormat;
import org.pxemesh.zoo.wire.DhcpRequest;

/**
 * How firmware writes its DHCP messages: which options, in which order, with which values. Captures of real firmware are
 * compared with it (docs/conformance.md says which, and where a model differs on purpose).
 */
enum Wording {
    /** BIOS ROMs, the Raspberry Pi's among them, as the statements describe them: none was at hand. */
    ROM {
        @Override
        DhcpRequest discover(Firmware firmware, Bare machine) {
            return rest(new DhcpRequest(DISCOVER, machine.seed(), machine.chaddr()).broadcast(), firmware, machine);
        }

        @Override
        DhcpRequest request(Firmware firmware, Bare machine, int address, int server) {
            DhcpRequest request = new DhcpRequest(REQUEST, machine.seed(), machine.chaddr())
                    .broadcast()
                    .address(50, address)
                    .address(54, server);
            return rest(request, firmware, machine);
        }

        @Override
        DhcpRequest question(Firmware firmware, Bare machine, int xid, int ciaddr, int server, byte[] chosen) {
            DhcpRequest question = new DhcpRequest(REQUEST, xid, machine.chaddr()).ciaddr(ciaddr);
            return rest(chosen.length == 0 ? question : question.option(43, chosen), firmware, machine);
        }

        private DhcpRequest rest(DhcpRequest request, Firmware firmware, Bare machine) {
            request.option(57, ETHERNET)
                    .option(55, EDK2_PARAMETERS)
                    .option(93, firmware.architectureCodes())
                    .option(94, firmware.networkInterface());
            return systemId(request, machine).text(60, firmware.vendorClass());
        }
    },
    /** OVMF 2022.11-6+deb12u2, and AAVMF of the same source. A REQUEST allows answers that EDK2 itself would not take. */
    EDK2 {
        @Override
        DhcpRequest discover(Firmware firmware, Bare machine) {
            return rest(edk2Discover(machine), EDK2_PARAMETERS, firmware, machine);
        }

        @Override
        DhcpRequest request(Firmware firmware, Bare machine, int address, int server) {
            return rest(
                    edk2Request(machine, address, server).option(57, (byte) 0xff, (byte) 0),
                    EDK2_PARAMETERS,
                    firmware,
                    machine);
        }

        @Override
        DhcpRequest question(Firmware firmware, Bare machine, int xid, int ciaddr, int server, byte[] chosen) {
            DhcpRequest question = new DhcpRequest(xid, machine.chaddr()).ciaddr(ciaddr);
            if (chosen.length > 0) {
                question.option(43, chosen);
            }
            question.option(53, REQUEST)
                    .option(55, EDK2_PARAMETERS)
                    .option(57, ETHERNET)
                    .text(60, firmware.vendorClass())
                    .option(93, firmware.architectureCodes())
                    .option(94, firmware.networkInterface());
            return systemId(question, machine);
        }
    },
    /** EDK2's HTTP Boot of the same version: it never writes one octet of its parameter list, and sends what was there. */
    EDK2_HTTP {
        @Override
        DhcpRequest discover(Firmware firmware, Bare machine) {
            return rest(edk2Discover(machine), parameters(machine), firmware, machine);
        }

        @Override
        DhcpRequest request(Firmware firmware, Bare machine, int address, int server) {
            return rest(
                    edk2Request(machine, address, server).option(57, ETHERNET), parameters(machine), firmware, machine);
        }

        @Override
        DhcpRequest question(Firmware firmware, Bare machine, int xid, int ciaddr, int server, byte[] chosen) {
            throw new IllegalStateException("HTTP Boot asks nobody at port 4011");
        }

        private byte[] parameters(Bare machine) {
            byte[] list = HexFormat.of().parseHex("0102030405060c0d0f111216171c28292a2b3233363a3b3c004361");
            list[24] = (byte) (machine.seed() >> 8);
            return list;
        }
    },
    /** iPXE 1.0.0+git-20190125.36a4c85-5.1, as a card's ROM and as a UEFI program. */
    IPXE {
        @Override
        DhcpRequest discover(Firmware firmware, Bare machine) {
            return rest(new DhcpRequest(DISCOVER, machine.seed(), machine.chaddr()), firmware, machine);
        }

        @Override
        DhcpRequest request(Firmware firmware, Bare machine, int address, int server) {
            return discover(firmware, machine, REQUEST).address(54, server).address(50, address);
        }

        @Override
        DhcpRequest question(Firmware firmware, Bare machine, int xid, int ciaddr, int server, byte[] chosen) {
            DhcpRequest question =
                    new DhcpRequest(REQUEST, xid, machine.chaddr()).broadcast().ciaddr(ciaddr);
            rest(question, firmware, machine).address(54, server);
            return chosen.length == 0 ? question : question.option(43, chosen);
        }

        private DhcpRequest discover(Firmware firmware, Bare machine, byte type) {
            return rest(new DhcpRequest(type, machine.seed(), machine.chaddr()), firmware, machine);
        }

        private DhcpRequest rest(DhcpRequest request, Firmware firmware, Bare machine) {
            boolean bios = firmware.architectures().contains(0);
            byte[] client = new byte[1 + machine.chaddr().length];
            client[0] = 1;
            System.arraycopy(machine.chaddr(), 0, client, 1, machine.chaddr().length);
            request.option(57, ETHERNET)
                    .option(93, firmware.architectureCodes())
                    .option(94, firmware.networkInterface())
                    .text(60, firmware.vendorClass())
                    .text(77, "iPXE")
                    .option(55, HexFormat.of().parseHex("010306070c0f111a2b3c4243778081828384858687afcb"))
                    .option(175, HexFormat.of().parseHex(bios ? BIOS_FEATURES : EFI_FEATURES))
                    .option(61, client);
            return systemId(request, machine);
        }
    };

    private static final byte DISCOVER = 1;
    private static final byte REQUEST = 3;

    /** The longest answer, 1472 octets. */
    private static final byte[] ETHERNET = {5, (byte) 0xc0};

    private static final byte[] EDK2_PARAMETERS =
            HexFormat.of().parseHex("0102030405060c0d0f111216171c28292a2b3233363a3b3c4243618081828384858687");

    /** The bus address of a virtio card, iPXE's version, and what it can do. */
    private static final String BIOS_FEATURES =
            "b105011af41000eb03010000" + "170101220101130101110101270101190101290101100102210101150101180101120101";

    private static final String EFI_FEATURES =
            "b105011af41000eb03010000" + "170101240101130101110101270101290101150101120101";

    /** The broadcast that looks for servers. */
    abstract DhcpRequest discover(Firmware firmware, Bare machine);

    /** The broadcast that takes an address from a DHCP server. */
    abstract DhcpRequest request(Firmware firmware, Bare machine, int address, int server);

    /**
     * What a boot server is asked at port 4011.
     *
     * @param chosen value of option 43 that names a menu's item; empty without a menu
     */
    abstract DhcpRequest question(Firmware firmware, Bare machine, int xid, int ciaddr, int server, byte[] chosen);

    private static DhcpRequest edk2Discover(Bare machine) {
        return new DhcpRequest(DISCOVER, machine.seed(), machine.chaddr())
                .broadcast()
                .option(57, ETHERNET);
    }

    private static DhcpRequest edk2Request(Bare machine, int address, int server) {
        return new DhcpRequest(REQUEST, machine.seed(), machine.chaddr())
                .broadcast()
                .address(54, server)
                .address(50, address);
    }

    private static DhcpRequest rest(DhcpRequest request, byte[] parameters, Firmware firmware, Bare machine) {
        return systemId(request.option(55, parameters), machine)
                .option(94, firmware.networkInterface())
                .option(93, firmware.architectureCodes())
                .text(60, firmware.vendorClass());
    }

    private static DhcpRequest systemId(DhcpRequest request, Bare machine) {
        if (machine.guid().length == 16) {
            byte[] value = new byte[17];
            System.arraycopy(machine.guid(), 0, value, 1, 16);
            request.option(97, value);
        }
        return request;
    }
}
