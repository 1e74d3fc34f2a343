package org.pxemesh.zoo.firmware;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.Endpoint;

/** A server's message as a client looks at it. */
public record Offer(Datagram datagram, DhcpMessage message) {

    /** EDK2: an offer without an address is a proxy's. */
    public boolean isProxy() {
        return message.yiaddr() == 0;
    }

    /** Option 60 begins with {@code PXEClient}. */
    public boolean isPxe() {
        return message.text(60).filter(t -> t.startsWith("PXEClient")).isPresent();
    }

    public boolean isHttp() {
        return message.text(60).filter(t -> t.startsWith("HTTPClient")).isPresent();
    }

    Map<Integer, byte[]> vendor() {
        return message.inside(43);
    }

    /** Any of PXE's sub-options 6 to 10: the form that EDK2 calls PXE10. */
    boolean hasPxe10() {
        return isPxe() && Stream.of(6, 7, 8, 9, 10).anyMatch(vendor()::containsKey);
    }

    /** Discovery control says: take the file from here. */
    boolean bypassesDiscovery() {
        byte[] control = vendor().get(6);
        return control != null && control.length == 1 && (control[0] & 8) != 0;
    }

    boolean hasFile() {
        return !message.bootFile().isEmpty();
    }

    /** iPXE's signed priority, 175.1. */
    int ipxePriority() {
        byte[] value = message.inside(175).get(1);
        return value != null && value.length == 1 ? value[0] : 0;
    }

    /** The boot server type of the menu's first item; -1 without a menu. */
    int menuType() {
        byte[] menu = vendor().get(9);
        return menu == null || menu.length < 3 ? -1 : (menu[0] & 255) << 8 | menu[1] & 255;
    }

    /** The boot server types of the menu's items, in their order. */
    List<Integer> menuTypes() {
        byte[] menu = vendor().getOrDefault(9, new byte[0]);
        List<Integer> types = new ArrayList<>();
        for (int at = 0; at + 3 <= menu.length; at += 3 + (menu[at + 2] & 255)) {
            types.add((menu[at] & 255) << 8 | menu[at + 1] & 255);
        }
        return types;
    }

    /** Seconds that the menu's prompt waits; 0 without one. */
    int promptSeconds() {
        byte[] prompt = vendor().get(10);
        return prompt == null || prompt.length == 0 ? 0 : prompt[0] & 255;
    }

    /** Whom a client asks that has chosen from the menu: 43.8's first address, else who sent it. */
    int menuServer() {
        byte[] list = vendor().get(8);
        return list != null && list.length >= 7 ? java.nio.ByteBuffer.wrap(list).getInt(3) : ipxeServer();
    }

    boolean menuSays(String words) {
        byte[] menu = vendor().get(9);
        return menu != null && new String(menu, StandardCharsets.ISO_8859_1).contains(words);
    }

    /** EDK2's way: the first boot server of 43.8 where it goes without discovery, then siaddr, then option 54. */
    int edk2Server() {
        byte[] list = vendor().get(8);
        if (bypassesDiscovery() && list != null && list.length >= 7) {
            return java.nio.ByteBuffer.wrap(list).getInt(3);
        }
        return message.siaddr() != 0 ? message.siaddr() : message.serverId();
    }

    /** iPXE's way: option 54, then siaddr, then who sent it. */
    int ipxeServer() {
        if (message.serverId() != 0) {
            return message.serverId();
        }
        return message.siaddr() != 0 ? message.siaddr() : datagram.from().address();
    }

    @Override
    public String toString() {
        return (isProxy() ? "proxy " : "dhcp ") + Endpoint.text(message.serverId());
    }
}
