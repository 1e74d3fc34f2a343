package org.pxemesh.policyservice.firmware;

import java.util.stream.Stream;
import org.pxemesh.events.FirmwareFingerprint;
import org.pxemesh.netboot.learn.Fingerprint;

/** Whether a firmware that is told of can have been seen by an agent. */
final class ObservedFirmware {

    /** Longer than what an agent makes of any DISCOVER. */
    private static final int MOST = 2_000;

    private ObservedFirmware() {}

    /** Its id follows from its description: nobody can describe a known firmware otherwise than it is. */
    static boolean isGenuine(FirmwareFingerprint f) {
        int length = Stream.of(
                        f.vendorClass(),
                        f.architectures(),
                        f.networkInterface(),
                        f.parameters(),
                        f.order(),
                        f.maxMessageSize(),
                        f.vendor())
                .mapToInt(String::length)
                .sum();
        return length <= MOST
                && new Fingerprint(
                                f.vendorClass(),
                                f.architectures(),
                                f.networkInterface(),
                                f.parameters(),
                                f.order(),
                                f.maxMessageSize(),
                                f.guidLength(),
                                f.vendor())
                        .id()
                        .equals(f.id());
    }
}
