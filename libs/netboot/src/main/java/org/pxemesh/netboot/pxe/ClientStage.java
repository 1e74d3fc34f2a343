package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.HardwareAddress;

/**
 * A client at one stage of its boot. Firmware that has loaded iPXE discovers again under the same address: that is
 * progress, not another attempt, so the stages are counted apart.
 *
 * @param mac the hardware address
 * @param ipxe whether iPXE asks
 */
public record ClientStage(HardwareAddress mac, boolean ipxe) {

    /** The key of what is kept of each client: written out, since it is looked up several times per packet. */
    @Override
    public int hashCode() {
        return 31 * mac.hashCode() + (ipxe ? 1 : 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientStage that && ipxe == that.ipxe && mac.equals(that.mac);
    }
}
