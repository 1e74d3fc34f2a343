package org.pxemesh.policyservice.computer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.ComputerState;
import org.pxemesh.policy.Collected;
import org.pxemesh.policyservice.Complaints;
import org.pxemesh.policyservice.Given;

class ComputerRequestTest {

    private static final String NEW_MAC = "52:54:00:00:00:02";

    @Test
    void shouldWriteAddressesAndLabelsOneWay() {
        ComputerRequest request = new ComputerRequest(
                "PC-2",
                Given.PARIS,
                List.of("52-54-00-AA-BB-CC"),
                "4C4C4544-0042-3510-8052-B4C04F4E4D32",
                Map.of("Chassis", "Desktop"),
                List.of(Given.LIST, Given.LIST));

        assertThat(request.judged(Given.hq(), Given.NEW, 1))
                .isEqualTo(new ComputerState(
                        Given.NEW,
                        1,
                        "PC-2",
                        Given.PARIS,
                        List.of("52:54:00:aa:bb:cc"),
                        "4c4c4544-0042-3510-8052-b4c04f4e4d32",
                        Map.of("chassis", "Desktop"),
                        List.of(Given.LIST)));
    }

    @Test
    void shouldNameTheOwnerOfATakenMac() {
        assertThat(complaints(with(List.of(Given.MAC.replace(':', '-')), null)))
                .containsExactly(entry("macs[0]", Given.MAC + " belongs to computer PC-1"));
        assertThat(Complaints.of(() -> with(List.of(Given.MAC), null).judged(Given.hq(), Given.PC, 2)))
                .isEmpty();
    }

    @Test
    void shouldRefuseWhatIdentifiesNobody() {
        assertThat(complaints(with(List.of(), null))).containsOnlyKeys("macs");
        assertThat(complaints(with(List.of(), "not a guid"))).containsOnlyKeys("smbiosGuid");
        assertThat(complaints(with(Arrays.asList("52:54", NEW_MAC, NEW_MAC, null), null)))
                .containsOnlyKeys("macs[0]", "macs[2]", "macs[3]");
    }

    @Test
    void shouldRefuseLabelsThatNoRuleCouldAskFor() {
        Map<String, @Nullable String> labels = new HashMap<>();
        labels.put("not", "x");
        labels.put("two words", "x");
        labels.put("empty", null);
        labels.put("long", "x".repeat(257));
        labels.put("bell", "\u0007");
        labels.put("good", "New York");

        assertThat(complaints(new ComputerRequest("PC-2", null, List.of(NEW_MAC), null, labels, null)))
                .containsOnlyKeys("labels.not", "labels.two words", "labels.empty", "labels.long", "labels.bell");
    }

    @Test
    void shouldRefuseReferencesToNothing() {
        UUID nowhere = Given.id("nowhere");
        ComputerRequest request = new ComputerRequest(
                "PC-2",
                nowhere,
                List.of(NEW_MAC),
                null,
                null,
                List.of(nowhere, Given.RULE, Collected.ALL_COMPUTERS, Given.LIST));

        assertThat(complaints(request))
                .containsOnlyKeys("siteId", "collections[0]", "collections[1]", "collections[2]");
    }

    private static ComputerRequest with(List<@Nullable String> macs, @Nullable String guid) {
        return new ComputerRequest("PC-2", null, macs, guid, null, null);
    }

    private static Map<String, String> complaints(ComputerRequest request) {
        return Complaints.of(() -> request.judged(Given.hq(), Given.NEW, 1));
    }
}
