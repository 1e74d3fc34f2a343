package org.pxemesh.policyservice.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.policy.Collected;
import org.pxemesh.policyservice.Complaints;
import org.pxemesh.policyservice.Given;
import org.pxemesh.policyservice.policy.PolicyRequest.HoldRequest;
import org.pxemesh.policyservice.policy.PolicyRequest.HoldSpread;

class PolicyRequestTest {

    @Test
    void shouldBeDisabledAndIgnoreStrangersUnlessSaidOtherwise() {
        PolicyRequest request =
                new PolicyRequest("P", null, null, List.of(Collected.ALL_COMPUTERS), null, null, null, null, null);

        assertThat(request.judged(Given.hq(), Given.NEW, 1, false))
                .isEqualTo(new PolicyState(
                        Given.NEW,
                        1,
                        "P",
                        false,
                        PolicyMode.ANSWER,
                        List.of(Collected.ALL_COMPUTERS),
                        UnknownComputers.IGNORE,
                        new Holding(HoldKind.DEPLOYED, List.of(), 0)));
    }

    @Test
    void shouldNotBeEnabledByTheWay() {
        PolicyRequest request = new PolicyRequest("P", true, null, List.of(Given.LIST), null, null, null, null, null);

        assertThat(complaints(request))
                .hasSize(1)
                .hasEntrySatisfying("enabled", detail -> assertThat(detail).contains("/enable"));
        assertThat(Complaints.of(() -> request.judged(Given.hq(), Given.NEW, 2, true)))
                .isEmpty();
    }

    @Test
    void shouldRefuseTargetsThatAreNotThere() {
        assertThat(complaints(new PolicyRequest("P", null, null, null, null, null, null, null, null)))
                .containsOnlyKeys("collections");
        assertThat(complaints(new PolicyRequest(
                        "P",
                        null,
                        null,
                        Arrays.asList(Given.LIST, Given.id("nowhere"), null),
                        null,
                        null,
                        null,
                        null,
                        null)))
                .containsOnlyKeys("collections[1]", "collections[2]");
    }

    @Test
    void shouldRefuseToHoldWhatCannotBeHeld() {
        assertThat(holding(new HoldRequest(HoldKind.LISTED, List.of("debian@12"), null, 2, null)))
                .isEmpty();
        assertThat(holding(new HoldRequest(HoldKind.LISTED, null, null, null, null)))
                .containsOnlyKeys("hold.packages");
        assertThat(holding(new HoldRequest(HoldKind.DEPLOYED, List.of("debian@12"), null, null, null)))
                .containsOnlyKeys("hold.packages");
        assertThat(holding(new HoldRequest(HoldKind.LISTED, List.of("old@12", "suse@15"), null, -1, null)))
                .containsOnlyKeys("hold.packages[0]", "hold.packages[1]", "hold.holdersPerSegment");
    }

    @Test
    void shouldLetFivePeersOfASegmentHoldWhereSomeAreWanted() {
        assertThat(judged(null, null)).isZero();
        assertThat(judged(HoldSpread.ALL, null)).isZero();
        assertThat(judged(HoldSpread.ALL, 0)).isZero();
        assertThat(judged(HoldSpread.PER_SEGMENT, null)).isEqualTo(5);
        assertThat(judged(HoldSpread.PER_SEGMENT, 2)).isEqualTo(2);
        assertThat(judged(null, 3)).isEqualTo(3);
    }

    @Test
    void shouldRefuseHoldersThatContradictThemselves() {
        assertThat(holding(spread(HoldSpread.PER_SEGMENT, 0)))
                .hasEntrySatisfying(
                        "hold.holdersPerSegment", detail -> assertThat(detail).contains("1 to 1000"));
        assertThat(holding(spread(HoldSpread.ALL, 3)))
                .hasEntrySatisfying(
                        "hold.holdersPerSegment", detail -> assertThat(detail).contains("PER_SEGMENT"));
        assertThat(holding(spread(null, 1_001))).containsOnlyKeys("hold.holdersPerSegment");
    }

    @Test
    void shouldBoundUploadsAtARateThatNeighboursCanWaitFor() {
        HoldRequest slow = new HoldRequest(null, null, null, null, 65_535L);
        HoldRequest bounded = new HoldRequest(null, null, null, null, 65_536L);

        assertThat(holding(slow))
                .hasEntrySatisfying(
                        "hold.uploadBytesPerSecond",
                        detail -> assertThat(detail).contains("at least 65536"));
        assertThat(judged(bounded).uploadBytesPerSecond()).isEqualTo(65_536L);
        assertThat(judged(spread(null, null)).uploadBytesPerSecond()).isNull();
    }

    private static HoldRequest spread(@Nullable HoldSpread spread, @Nullable Integer holders) {
        return new HoldRequest(null, null, spread, holders, null);
    }

    private static int judged(@Nullable HoldSpread spread, @Nullable Integer holders) {
        return judged(spread(spread, holders)).holdersPerSegment();
    }

    private static Holding judged(HoldRequest hold) {
        return new PolicyRequest("P", null, null, List.of(Given.LIST), null, hold, null, null, null)
                .judged(Given.hq(), Given.NEW, 1, false)
                .hold();
    }

    @Test
    void shouldKeepTftpSizesWithinWhatLoadersUnderstand() {
        assertThat(complaints(sizes(512, 1))).isEmpty();
        assertThat(complaints(sizes(16_384, 64))).isEmpty();
        assertThat(complaints(sizes(511, 0))).containsOnlyKeys("tftpBlockSize", "tftpWindowSize");
        assertThat(complaints(sizes(16_385, 65)))
                .containsEntry("tftpBlockSize", "must be 512 to 16384")
                .containsEntry("tftpWindowSize", "must be 1 to 64");
        assertThat(sizes(8192, 16).judged(Given.hq(), Given.NEW, 1, false))
                .extracting(PolicyState::tftpBlockSize, PolicyState::tftpWindowSize)
                .containsExactly(8192, 16);
    }

    @Test
    void shouldGivePeopleBetweenASecondAndAnHourForAnAnswer() {
        assertThat(complaints(prompt(1))).isEmpty();
        assertThat(complaints(prompt(3600))).isEmpty();
        assertThat(complaints(prompt(0))).containsEntry("promptSeconds", "must be 1 to 3600");
        assertThat(complaints(prompt(3601))).containsOnlyKeys("promptSeconds");
        assertThat(prompt(30).judged(Given.hq(), Given.NEW, 1, false).promptSecondsOrDefault())
                .isEqualTo(30);
    }

    private static PolicyRequest prompt(int seconds) {
        return new PolicyRequest("P", null, null, List.of(Given.LIST), null, null, null, null, seconds);
    }

    private static PolicyRequest sizes(int blockSize, int windowSize) {
        return new PolicyRequest("P", null, null, List.of(Given.LIST), null, null, blockSize, windowSize, null);
    }

    private static Map<String, String> holding(HoldRequest hold) {
        return complaints(new PolicyRequest("P", null, null, List.of(Given.LIST), null, hold, null, null, null));
    }

    private static Map<String, String> complaints(PolicyRequest request) {
        return Complaints.of(() -> request.judged(Given.hq(), Given.NEW, 1, false));
    }
}
