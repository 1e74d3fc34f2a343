package org.pxemesh.netboot.pxe;

import java.util.List;
import java.util.Optional;
import org.pxemesh.netboot.dhcp.FirmwareKind;

/**
 * The table of forms, and which of them are worth trying with a client. Its firmware's kind gives the first choice; what
 * the client then does with it is judged by {@link org.pxemesh.netboot.learn}.
 */
public final class ReplyForms {

    public static final ReplyForm BINL = new BinlForm();
    public static final ReplyForm PXE10 = new Pxe10Form();
    public static final ReplyForm MENU = new MenuForm();
    public static final ReplyForm PROMPT = new PromptForm();
    public static final ReplyForm HTTP_CLIENT = new HttpClientForm();
    public static final ReplyForm IPXE = new IpxeForm();
    public static final ReplyForm RASPBERRY_PI = new RaspberryPiForm();

    /** All forms, in the order of the documentation. */
    public static final List<ReplyForm> ALL = List.of(BINL, PXE10, MENU, PROMPT, HTTP_CLIENT, IPXE, RASPBERRY_PI);

    private static final List<ReplyForm> OF_HTTP_CLIENTS = List.of(HTTP_CLIENT);
    private static final List<ReplyForm> OF_IPXE = List.of(IPXE);
    private static final List<ReplyForm> OF_BOARDS = List.of(RASPBERRY_PI);
    private static final List<ReplyForm> OF_BIOS = List.of(PXE10, BINL, MENU);
    private static final List<ReplyForm> OF_UEFI = List.of(BINL, PXE10);

    private ReplyForms() {}

    /** The form of a name; empty for a name that this version does not know. */
    public static Optional<ReplyForm> named(String name) {
        return ALL.stream().filter(form -> form.name().equals(name)).findFirst();
    }

    /** The form of a code; empty for a code that this version does not know. */
    public static Optional<ReplyForm> coded(int code) {
        return ALL.stream().filter(form -> form.code() == code).findFirst();
    }

    /**
     * The form in which this client's firmware itself asks a person before it boots; empty for firmware without a menu, and
     * for iPXE, which asks by its script: a menu makes it boot in circles.
     */
    public static Optional<ReplyForm> asking(ClientFacts facts) {
        boolean hasMenu = facts.firmware() == FirmwareKind.BIOS || facts.firmware() == FirmwareKind.UEFI;
        return hasMenu && !facts.ipxe() && !facts.httpClient() ? Optional.of(PROMPT) : Optional.empty();
    }

    /** The forms worth trying with this client, best first; one that asks is none of them. */
    public static List<ReplyForm> inOrder(ClientFacts facts) {
        if (facts.httpClient()) {
            return OF_HTTP_CLIENTS;
        }
        if (facts.ipxe()) {
            return OF_IPXE;
        }
        return switch (facts.firmware()) {
            case BOARD -> OF_BOARDS;
            case BIOS -> OF_BIOS;
            case UEFI, UEFI_HTTP, UNKNOWN -> OF_UEFI;
        };
    }
}
