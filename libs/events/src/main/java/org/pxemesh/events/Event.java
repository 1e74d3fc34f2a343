package org.pxemesh.events;

/**
 * A fact that happened, in the past tense. Its record's name gives its CloudEvents type, see {@link EventType}; its
 * JSON Schema is checked in beside the records and compared by a test.
 */
public sealed interface Event
        permits SiteChanged,
                SiteDeleted,
                CollectionChanged,
                CollectionDeleted,
                ComputerChanged,
                ComputerDeleted,
                PolicyChanged,
                PolicyEnabled,
                PolicyDisabled,
                PolicyDeleted,
                DeploymentChanged,
                DeploymentDeleted,
                PackageBuilt,
                PackageRetired,
                EpochRenewed,
                FirmwareLearned,
                FirmwareReverted,
                PeerElected,
                PeerJoined,
                PeerLeft,
                PeerReported,
                SegmentSurveyed,
                BootRequested,
                BootIgnored,
                BootOffered,
                FileServed,
                BootDelivered,
                BootCompleted,
                BootFailed,
                ContentProgressed,
                ContentCompleted,
                ContentRejected,
                ContentNotKept,
                FirmwareObserved,
                PackageBuildProgressed,
                PackageBuildFailed,
                AdministratorActed {}
