package org.pxemesh.netboot.pxe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.pxemesh.netboot.dhcp.Ipv4Address;

/** The sub-options that PXE keeps in option 43 (PXE 2.1, table 2-1): reading 71, writing 6, 8, 9, 10 and 71. */
final class PxeVendorOptions {

    static final int DISCOVERY_CONTROL = 6;
    static final int BOOT_SERVERS = 8;
    static final int BOOT_MENU = 9;
    static final int MENU_PROMPT = 10;
    static final int BOOT_ITEM = 71;

    /** Bit 3 of the discovery control: take the file name of this packet and ask nobody. */
    static final int BOOT_FROM_THIS_OFFER = 8;

    /** Bits 0 to 2: neither broadcast nor multicast for boot servers, and take the listed ones alone. */
    static final int LISTED_SERVERS_ONLY = 7;

    private static final int END = 255;
    private static final int MAX_VALUE = 253;
    private static final int MAX_OPTION = 255;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PxeVendorOptions put(int code, byte... value) {
        if (value.length > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "sub-option " + code + " of option 43 holds up to 253 octets, not " + value.length);
        }
        out.write(code);
        out.write(value.length);
        out.writeBytes(value);
        return this;
    }

    PxeVendorOptions discoveryControl(int bits) {
        return put(DISCOVERY_CONTROL, (byte) bits);
    }

    /** @param seconds 0 chooses the first item at once, 255 waits for ever */
    PxeVendorOptions prompt(int seconds, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] value = new byte[ascii.length + 1];
        value[0] = (byte) seconds;
        System.arraycopy(ascii, 0, value, 1, ascii.length);
        return put(MENU_PROMPT, value);
    }

    /** One entry of a boot menu: its boot server type (0 = the machine's own disk), and what a person reads. */
    record MenuItem(int type, String text) {
        private void writeTo(ByteArrayOutputStream menu) {
            byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
            menu.write(type >>> 8);
            menu.write(type);
            menu.write(ascii.length);
            menu.writeBytes(ascii);
        }
    }

    PxeVendorOptions menuItem(int type, String text) {
        return menu(new MenuItem(type, text));
    }

    /** @param items in the order in which they are shown; the first is what no answer chooses */
    PxeVendorOptions menu(MenuItem... items) {
        ByteArrayOutputStream menu = new ByteArrayOutputStream();
        for (MenuItem item : items) {
            item.writeTo(menu);
        }
        return put(BOOT_MENU, menu.toByteArray());
    }

    PxeVendorOptions bootItem(BootItem item) {
        return put(BOOT_ITEM, (byte) (item.type() >>> 8), (byte) item.type(), (byte) (item.layer() >>> 8), (byte)
                item.layer());
    }

    /** The one server of a type. */
    PxeVendorOptions bootServer(int type, Ipv4Address server) {
        byte[] value = new byte[7];
        value[0] = (byte) (type >>> 8);
        value[1] = (byte) type;
        value[2] = 1;
        System.arraycopy(server.octets(), 0, value, 3, 4);
        return put(BOOT_SERVERS, value);
    }

    /** @throws IllegalStateException where it is more than one option holds: firmware joins no two of them */
    byte[] encode() {
        if (out.size() >= MAX_OPTION) {
            throw new IllegalStateException("option 43 holds up to " + MAX_OPTION + " octets, not " + (out.size() + 1));
        }
        byte[] value = new byte[out.size() + 1];
        System.arraycopy(out.toByteArray(), 0, value, 0, out.size());
        value[out.size()] = (byte) END;
        return value;
    }

    /** The client's choice; empty when absent or torn. */
    static Optional<BootItem> bootItem(byte[] option43) {
        int at = 0;
        while (at + 1 < option43.length) {
            int code = option43[at] & 0xff;
            if (code == END) {
                break;
            }
            if (code == 0) {
                at++;
                continue;
            }
            int length = option43[at + 1] & 0xff;
            if (at + 2 + length > option43.length) {
                break;
            }
            if (code == BOOT_ITEM && length == 4) {
                return Optional.of(new BootItem(u16(option43, at + 2), u16(option43, at + 4)));
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
