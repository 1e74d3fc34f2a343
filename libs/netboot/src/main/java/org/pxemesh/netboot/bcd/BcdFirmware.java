package org.pxemesh.netboot.bcd;

/** Whose boot manager reads the store: each firmware has its own operating system loader. */
public enum BcdFirmware {
    BIOS("winload.exe"),
    UEFI("winload.efi");

    private final String loader;

    BcdFirmware(String loader) {
        this.loader = loader;
    }

    /** The loader's path inside the image. */
    String loaderPath() {
        return "\\windows\\system32\\boot\\" + loader;
    }
}
