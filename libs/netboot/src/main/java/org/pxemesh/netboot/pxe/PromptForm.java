package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.loader.BootQuestion;
import org.pxemesh.netboot.pxe.PxeVendorOptions.MenuItem;

/**
 * PXE 2.1's boot menu as a question to a person: the machine's own disk first, which no answer chooses, then what it may
 * boot. No boot file stands in the OFFER, for EDK2 boots that one when a person presses Escape; a yes is the entry's number
 * in a question at port 4011, and nothing else is. Never for iPXE, which would boot in circles.
 */
public record PromptForm() implements ReplyForm {

    /** The first of the types that PXE leaves to vendors, as in {@link MenuForm}. */
    static final int ENTRY = MenuForm.ENTRY;

    /** PXE's type of the machine's own disk. */
    static final int LOCAL_BOOT = 0;

    /** 255 would wait for ever. */
    static final int MOST_SECONDS = 254;

    /** EDK2 shows 70 characters. */
    static final int MOST_CHARACTERS = 70;

    private static final String PROMPT = "Press F8 for the boot menu, or this machine starts from its disk";
    private static final String DISK = "Start from the disk";

    @Override
    public String name() {
        return "prompt";
    }

    @Override
    public int code() {
        return 7;
    }

    @Override
    public String says() {
        return "option 43 with a menu (own disk first, then the package), its boot server, and a prompt; no file";
    }

    @Override
    public String then() {
        return "asks the person, then port 4011 for the entry, or starts from its disk";
    }

    /** @throws IllegalArgumentException without a question */
    @Override
    public DhcpPacket offer(DhcpPacket discover, ClientFacts facts, ReplyContent content) {
        BootQuestion question =
                content.question().orElseThrow(() -> new IllegalArgumentException("a prompt without a question"));
        String entry = "Boot " + question.name();
        return new ReplySkeleton(discover, facts, MessageType.OFFER, content)
                .vendor(new PxeVendorOptions()
                        .discoveryControl(PxeVendorOptions.LISTED_SERVERS_ONLY)
                        .bootServer(ENTRY, content.server())
                        .menu(
                                new MenuItem(LOCAL_BOOT, DISK),
                                new MenuItem(ENTRY, entry.substring(0, Math.min(entry.length(), MOST_CHARACTERS))))
                        .prompt(Math.min(question.seconds(), MOST_SECONDS), PROMPT))
                .build();
    }

    /** Whether a question at the boot server port is a person's yes. */
    public static boolean isYes(ClientFacts request) {
        return request.bootItem().filter(item -> item.type() == ENTRY).isPresent();
    }
}
