package org.pxemesh.events;

/** What an administrator says a site's networks are; peers serve on {@link #BRANCH} networks alone. */
public enum SiteKind {
    /** An office LAN: peers serve here. */
    BRANCH,
    /** Wireless: peers serve only where a policy says so. */
    WIFI,
    /** A tunnel: never served. */
    VPN,
    /** Known and out of bounds. */
    NEVER
}
