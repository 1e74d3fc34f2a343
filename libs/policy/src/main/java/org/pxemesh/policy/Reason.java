package org.pxemesh.policy;

/**
 * Why a boot client got no answer. The names are stable: they travel in {@code BootIgnored}, stand in the API and in
 * the console's troubleshooting page.
 */
public enum Reason {
    /** No record of HQ is fresh: the newest signed epoch has ended, or none was seen. */
    EPOCH_EXPIRED,
    /** The peer's network is not in HQ's site map. */
    UNKNOWN_NETWORK,
    /** The peer's network is known, and of a kind on which peers stay silent. */
    NETWORK_NOT_SERVED,
    /** No enabled policy covers the peer. */
    NO_POLICY_ENABLED,
    /** The policy says to observe: everything else may be well. */
    OBSERVE_ONLY,
    /** HQ does not know the machine, and the policy ignores strangers. */
    UNKNOWN_COMPUTER,
    /** MAC and SMBIOS GUID point at several computers: answering could boot the wrong one. */
    AMBIGUOUS_COMPUTER,
    /** No deployment is for this machine. */
    NO_DEPLOYMENT,
    /** The deployment says that the machine starts from its own disk. */
    LOCAL_BOOT,
    /** The deployment names a package version that HQ has not built. */
    PACKAGE_NOT_BUILT,
    /** The deployment names a package version that was retired. */
    PACKAGE_RETIRED,
    /** Nobody in the segment holds the whole package yet. */
    PACKAGE_NOT_HELD,
    /** The package is still arriving at the peer that would answer, and a client that began now would starve. */
    PACKAGE_ARRIVING,
    /** The package has no loader for the client's firmware. */
    ARCHITECTURE_NOT_IN_PACKAGE,
    /** The package names a loader, kernel or initrd that is not among its files. */
    FILE_NOT_IN_PACKAGE,
    /** The deployment is {@code available}, and no loader of the package can ask first. */
    NO_PROMPT_LOADER
}
