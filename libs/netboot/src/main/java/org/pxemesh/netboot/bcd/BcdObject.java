package org.pxemesh.netboot.bcd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * An object of a boot configuration store while it is filled. An element's type says its format in the second nibble: 1
 * device, 2 text, 3 object, 4 objects, 5 number, 6 truth.
 */
final class BcdObject {

    private static final String ELEMENT = "Element";

    private final UUID id;
    private final int type;
    private final List<HiveKey> elements = new ArrayList<>();

    BcdObject(UUID id, int type) {
        this.id = id;
        this.type = type;
    }

    BcdObject device(int element, byte[] device) {
        return put(element, 1, HiveValue.binary(ELEMENT, device));
    }

    BcdObject text(int element, String text) {
        return put(element, 2, HiveValue.text(ELEMENT, text));
    }

    BcdObject object(int element, UUID object) {
        return put(element, 3, HiveValue.text(ELEMENT, BcdGuid.text(object)));
    }

    BcdObject objects(int element, UUID object) {
        return put(element, 4, HiveValue.texts(ELEMENT, List.of(BcdGuid.text(object))));
    }

    /** Eight bytes, as bcdedit writes numbers. */
    BcdObject number(int element, long value) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return put(element, 5, HiveValue.binary(ELEMENT, bytes));
    }

    BcdObject truth(int element, boolean value) {
        return put(element, 6, HiveValue.binary(ELEMENT, new byte[] {(byte) (value ? 1 : 0)}));
    }

    private BcdObject put(int element, int format, HiveValue value) {
        if ((element >>> 24 & 0xf) != format) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "element %08x is not of format %d", element, format));
        }
        elements.add(new HiveKey(String.format(Locale.ROOT, "%08x", element), List.of(value), List.of()));
        return this;
    }

    HiveKey key() {
        HiveKey description = new HiveKey("Description", List.of(HiveValue.dword("Type", type)), List.of());
        return new HiveKey(
                BcdGuid.text(id), List.of(), List.of(description, new HiveKey("Elements", List.of(), elements)));
    }
}
