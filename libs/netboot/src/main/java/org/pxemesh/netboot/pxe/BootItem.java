package org.pxemesh.netboot.pxe;

/**
 * A client's choice from a boot menu (sub-option 71 of option 43).
 *
 * @param type the boot server type, 0 to 65535
 * @param layer the layer; bit 15 asks for credentials (BIS)
 */
public record BootItem(int type, int layer) {

    private static final int BIS = 0x8000;

    /** Whether the client wants signed boot credentials, which we do not have. */
    public boolean wantsCredentials() {
        return (layer & BIS) != 0;
    }
}
