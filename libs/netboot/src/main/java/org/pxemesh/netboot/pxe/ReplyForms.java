package org.pxemesh.netboot.pxe;

import java.util.List;

/**
 * Which form a client gets. The first choice follows from its firmware; a client that keeps discovering did not
 * understand it, so after two attempts the next form has its turn. All peers count attempts alike, so they all agree.
 */
public final class ReplyForms {

    public static final ReplyForm BINL = new BinlForm();
    public static final ReplyForm PXE10 = new Pxe10Form();
    public static final ReplyForm HTTP_CLIENT = new HttpClientForm();
    public static final ReplyForm IPXE = new IpxeForm();
    public static final ReplyForm RASPBERRY_PI = new RaspberryPiForm();

    /** DISCOVERs that a form is tried for before the next one. */
    static final int ATTEMPTS_PER_FORM = 2;

    private ReplyForms() {}

    /** The forms worth trying with this client, best first. */
    public static List<ReplyForm> inOrder(ClientFacts facts) {
        if (facts.httpClient()) {
            return List.of(HTTP_CLIENT);
        }
        if (facts.ipxe()) {
            return List.of(IPXE);
        }
        return switch (facts.firmware()) {
            case BOARD -> List.of(RASPBERRY_PI);
            case BIOS -> List.of(PXE10, BINL);
            case UEFI, UEFI_HTTP, UNKNOWN -> List.of(BINL, PXE10);
        };
    }

    /** @param attempt the client's attempt, from 0 */
    public static ReplyForm forAttempt(ClientFacts facts, int attempt) {
        List<ReplyForm> forms = inOrder(facts);
        return forms.get(attempt / ATTEMPTS_PER_FORM % forms.size());
    }
}
