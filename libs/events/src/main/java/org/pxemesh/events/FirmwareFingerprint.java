package org.pxemesh.events;

/**
 * How a firmware's DISCOVER looks: machines of one model and firmware look alike.
 *
 * @param id 16 hexadecimal digits over all of it
 * @param vendorClass DHCP option 60, printable, at most 64 characters
 * @param architectures option 93 as hexadecimal digits
 * @param networkInterface option 94 as hexadecimal digits
 * @param parameters option 55 as hexadecimal digits
 * @param order numbers of the packet's options in their order, separated by commas
 * @param maxMessageSize option 57 as hexadecimal digits
 * @param guidLength octets of option 97, -1 without it
 * @param vendor first three octets of the hardware address as hexadecimal digits, empty when it has not six
 */
public record FirmwareFingerprint(
        String id,
        String vendorClass,
        String architectures,
        String networkInterface,
        String parameters,
        String order,
        String maxMessageSize,
        int guidLength,
        String vendor) {}
