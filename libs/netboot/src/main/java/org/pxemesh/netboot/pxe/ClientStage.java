package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.HardwareAddress;

/**
 * A client at one stage of its boot. Firmware that has loaded iPXE discovers again under the same address: that is
 * progress, not another attempt, so the stages are counted apart.
 *
 * @param mac the hardware address
 * @param ipxe whether iPXE asks
 */
public record ClientStage(HardwareAddress mac, boolean ipxe) {}
