package org.pxemesh.events;

/** Which BCD store (boot configuration data) the clients of a Windows PE get. */
public enum BcdSource {
    /** One made for each client from its boot plan. */
    GENERATED,
    /** The kit's own, as it is. */
    KIT,
    /** The administrator's, as it is. */
    ADMINISTRATOR
}
