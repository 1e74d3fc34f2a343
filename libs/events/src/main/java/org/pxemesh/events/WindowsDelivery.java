package org.pxemesh.events;

/** How a Windows PE goes to its clients. */
public enum WindowsDelivery {
    /** By Microsoft's boot programs, over TFTP alone. */
    TFTP,
    /** By iPXE and wimboot, over HTTP. */
    WIMBOOT
}
