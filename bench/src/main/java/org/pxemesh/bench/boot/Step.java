package org.pxemesh.bench.boot;

import org.pxemesh.lab.firmware.wire.Frame;
import org.pxemesh.lab.firmware.wire.WireStory;
import org.pxemesh.zoo.wire.DhcpMessage;

/**
 * The steps of a boot, in their order. Each lasts from the machine's question that begins it until the one that begins the
 * next; all together are the boot. One that a machine leaves out takes no time.
 */
enum Step {
    /** DISCOVER to REQUEST: the firmware collects offers. */
    OFFERS,
    /** REQUEST to the next question: the lease, and what the firmware does with it. */
    ADDRESS,
    /** The question at port 4011. */
    BOOT_SERVER,
    /** The first boot program and its parts, and its start. */
    LOADER,
    /** The loader's own DHCP, from its DISCOVER. */
    LOADER_ADDRESS,
    /** The loader's configuration or script. */
    CONFIGURATION,
    KERNEL,
    RAM_DISK,
    /** The RAM disk's last byte to the system's first line: nothing is asked any more. */
    START;

    private static final int DISCOVER = 1;
    private static final int REQUEST = 3;
    private static final int BOOT_SERVER_PORT = 4011;

    /** As reports name it. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The step that a machine's packet is about, when it is this far; the present one for all that begins nothing. */
    static Step of(Frame frame, Step present) {
        String asked = WireStory.asked(frame);
        return asked.isEmpty()
                ? DhcpMessage.read(frame.payload())
                        .filter(message -> !frame.tcp() && message.op() == 1)
                        .map(message -> ofDhcp(message, frame.toPort(), present))
                        .orElse(present)
                : ofFile(asked);
    }

    private static Step ofDhcp(DhcpMessage message, int port, Step present) {
        if (present.ordinal() >= LOADER.ordinal()) {
            return message.type() == DISCOVER ? LOADER_ADDRESS : present;
        }
        if (port == BOOT_SERVER_PORT) {
            return BOOT_SERVER;
        }
        return message.type() == REQUEST ? ADDRESS : present;
    }

    private static Step ofFile(String path) {
        if (path.contains("pxelinux.cfg/") || path.endsWith(".ipxe")) {
            return CONFIGURATION;
        }
        if (path.endsWith("/linux")) {
            return KERNEL;
        }
        return path.endsWith("/initrd.gz") ? RAM_DISK : LOADER;
    }
}
