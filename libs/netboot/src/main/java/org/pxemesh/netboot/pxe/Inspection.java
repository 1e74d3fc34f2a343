package org.pxemesh.netboot.pxe;

import java.util.Set;

/** What a DHCP packet turned out to be. */
public sealed interface Inspection {

    /** A boot client that expects an answer from a boot server. */
    record Client(ClientFacts facts) implements Inspection {}

    /** Somebody else's business, or broken; with all the reasons, not the first. */
    record NotOurs(Set<IgnoreReason> reasons) implements Inspection {
        public NotOurs {
            reasons = Set.copyOf(reasons);
        }
    }
}
