package org.pxemesh.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.SegmentFinding;
import org.pxemesh.events.SegmentSurveyed;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.watch.Finding;
import org.pxemesh.netboot.watch.Trouble;

class SurveyReportTest {

    private static final UUID PEER = new UUID(0, 1);
    private static final UUID SITE = new UUID(0, 2);
    private static final UUID SEGMENT = new UUID(0, 3);
    private static final Finding CLAIMS =
            new Finding(Trouble.DHCP_CLAIMS_PXE, Ipv4Address.parse("10.0.0.1"), "option 60 is \"PXEClient\"");
    private static final Finding FOREIGN =
            new Finding(Trouble.FOREIGN_PROXY, Ipv4Address.parse("10.0.0.2"), "file \"wdsnbp.com\"");
    private static final long DAY = Duration.ofDays(1).toNanos();

    private final SurveyReport report = new SurveyReport(PEER);

    @Test
    void shouldTellTheFirstLookAlsoWhenNothingWasFound() {
        assertThat(due(Optional.empty(), 0)).as("nobody has looked").isEmpty();

        assertThat(due(seen(), 1)).containsExactly(event(SITE, SEGMENT, List.of(), List.of()));
    }

    @Test
    void shouldTellWhatIsNewAndWhatIsGoneAndNothingTwice() {
        due(seen(CLAIMS), 0);
        assertThat(due(seen(CLAIMS), 1)).isEmpty();

        assertThat(due(seen(CLAIMS, FOREIGN), 2))
                .containsExactly(event(SITE, SEGMENT, List.of(CLAIMS, FOREIGN), List.of()));
        assertThat(due(seen(FOREIGN), 3)).containsExactly(event(SITE, SEGMENT, List.of(FOREIGN), List.of(CLAIMS)));
        assertThat(due(seen(), 4)).containsExactly(event(SITE, SEGMENT, List.of(), List.of(FOREIGN)));
    }

    @Test
    void shouldRepeatItselfDaily() {
        due(seen(CLAIMS), 0);

        assertThat(due(seen(CLAIMS), DAY - 1)).isEmpty();
        assertThat(due(seen(CLAIMS), DAY)).containsExactly(event(SITE, SEGMENT, List.of(CLAIMS), List.of()));
    }

    @Test
    void shouldTakeBackWhatItSaidOfASegmentThatItLeaves() {
        due(seen(CLAIMS), 0);
        UUID other = new UUID(0, 9);

        assertThat(report.due(SITE, other, seen(), 1))
                .containsExactly(
                        event(SITE, SEGMENT, List.of(), List.of(CLAIMS)), event(SITE, other, List.of(), List.of()));
        assertThat(report.due(SITE, other, Optional.empty(), 2))
                .as("nothing to take back")
                .isEmpty();
    }

    @Test
    void shouldTakeBackWhatItSaidWhenItNoLongerLooks() {
        due(seen(CLAIMS), 0);

        assertThat(due(Optional.empty(), 1)).containsExactly(event(SITE, SEGMENT, List.of(), List.of(CLAIMS)));
        assertThat(due(Optional.empty(), 2)).isEmpty();
        assertThat(due(seen(CLAIMS), 3)).containsExactly(event(SITE, SEGMENT, List.of(CLAIMS), List.of()));
    }

    @Test
    void shouldBringTheWordsThatAnAdministratorNeeds() {
        assertThat(SurveyReport.told(CLAIMS))
                .isEqualTo(new SegmentFinding(
                        "dhcp-claims-pxe",
                        "10.0.0.1",
                        "PXE-E55",
                        Trouble.DHCP_CLAIMS_PXE.meaning(),
                        Trouble.DHCP_CLAIMS_PXE.cure(),
                        "option 60 is \"PXEClient\""));
        assertThat(SurveyReport.told(new Finding(Trouble.NO_DHCP, Ipv4Address.NONE, ""))
                        .server())
                .isEmpty();
    }

    private List<SegmentSurveyed> due(Optional<List<Finding>> look, long now) {
        return report.due(SITE, SEGMENT, look, now);
    }

    private static Optional<List<Finding>> seen(Finding... findings) {
        return Optional.of(List.of(findings));
    }

    private static SegmentSurveyed event(UUID site, UUID segment, List<Finding> findings, List<Finding> ended) {
        return new SegmentSurveyed(
                site,
                segment,
                PEER,
                findings.stream().map(SurveyReport::told).toList(),
                ended.stream().map(SurveyReport::told).toList());
    }
}
