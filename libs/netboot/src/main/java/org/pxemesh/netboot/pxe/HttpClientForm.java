package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.MessageType;

/** UEFI HTTP boot: the OFFER carries a URI with an IP literal, and there is no second question. */
public record HttpClientForm() implements ReplyForm {

    @Override
    public String name() {
        return "http-client";
    }

    @Override
    public int code() {
        return 4;
    }

    @Override
    public String says() {
        return "option 60 `HTTPClient` and a URI with an IP literal";
    }

    @Override
    public String then() {
        return "fetches the URI";
    }

    @Override
    public DhcpPacket offer(DhcpPacket discover, ClientFacts facts, ReplyContent content) {
        if (!content.bootFile().startsWith("http://") && !content.bootFile().startsWith("https://")) {
            throw new IllegalArgumentException("an HTTP client needs a URI, not '" + content.bootFile() + "'");
        }
        return new ReplySkeleton(discover, facts, MessageType.OFFER, content)
                .bootFile()
                .build();
    }
}
