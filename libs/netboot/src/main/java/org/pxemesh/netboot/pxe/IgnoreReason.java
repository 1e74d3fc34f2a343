package org.pxemesh.netboot.pxe;

/** Why a packet is not a boot client's question to us. All that apply are collected. */
public enum IgnoreReason {
    /** A server's packet (op is not 1). */
    NOT_A_REQUEST,
    /** {@code hlen} is 0. */
    NO_HARDWARE_ADDRESS,
    /** Option 60 is absent: an ordinary DHCP client. */
    NO_VENDOR_CLASS,
    /** Option 60 begins with nothing that boots over the network. */
    FOREIGN_VENDOR_CLASS,
    /** Option 93 is absent or of odd length. */
    NO_ARCHITECTURE,
    /** Option 97 is neither empty nor a type octet of 0 and 16 octets. */
    BAD_GUID,
    /** The message type is one that the port does not serve. */
    UNEXPECTED_MESSAGE_TYPE,
    /** The client wants signed boot credentials (BIS). */
    CREDENTIALS_WANTED
}
