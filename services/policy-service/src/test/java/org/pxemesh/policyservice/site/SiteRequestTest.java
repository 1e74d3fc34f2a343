package org.pxemesh.policyservice.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.WanHours;
import org.pxemesh.events.WanLimits;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.policyservice.Complaints;
import org.pxemesh.policyservice.Given;

class SiteRequestTest {

    @Test
    void shouldFillInWhatWasLeftOut() {
        SiteState site = new SiteRequest("  Lyon ", null, null, null).judged(Given.hq(), Given.NEW, 1);

        assertThat(site)
                .isEqualTo(new SiteState(Given.NEW, 1, "Lyon", SiteKind.BRANCH, List.of(), new WanLimits(0, 100)));
    }

    @Test
    void shouldLetASiteKeepItsOwnNameAndShareNetworksWithOthers() {
        assertThat(complaints(new SiteRequest("Lyon", null, List.of("10.20.0.0/16"), null)))
                .isEmpty();
        assertThat(Complaints.of(() -> new SiteRequest("Paris", null, null, null).judged(Given.hq(), Given.PARIS, 2)))
                .isEmpty();
    }

    @Test
    void shouldRefuseATakenName() {
        assertThat(complaints(new SiteRequest("pARIS", null, null, null)))
                .containsExactly(entry("name", "\"pARIS\" is taken"));
    }

    @Test
    void shouldRefuseNamesThatNobodyCanRead() {
        String complaint = "must have 1 to 100 characters and no control characters";
        for (String name : Arrays.asList(null, "", " ", "a\nb", "x".repeat(101))) {
            assertThat(complaints(new SiteRequest(name, null, null, null))).containsExactly(entry("name", complaint));
        }
    }

    @Test
    void shouldNameEveryNetworkThatIsWrong() {
        List<@Nullable String> networks =
                Arrays.asList("10.0.0.0/8", "10.1.0.0/16", null, "10.0.0.1/8", "ten", "2001:db8::/32");

        assertThat(complaints(new SiteRequest("Lyon", null, networks, null)))
                .containsEntry("networks[2]", "must not be null")
                .containsEntry("networks[1]", "10.1.0.0/16 overlaps networks[0] 10.0.0.0/8")
                .hasSize(4);
    }

    @Test
    void shouldBoundTheNumberOfNetworks() {
        assertThat(complaints(new SiteRequest("Lyon", null, Collections.nCopies(257, "10.0.0.0/8"), null)))
                .containsEntry("networks", "has 257 entries, at most 256 are taken");
    }

    @Test
    void shouldRefuseImpossibleLimits() {
        assertThat(complaints(new SiteRequest("Lyon", null, null, new WanLimits(-1, 0))))
                .containsOnlyKeys("wan.kbitPerSecond", "wan.percentOfLink");
    }

    @Test
    void shouldRefuseHoursThatNobodyCanKeep() {
        WanLimits wan = new WanLimits(
                0,
                100,
                -1,
                "Mars/Base",
                List.of(
                        new WanHours(List.of(DayOfWeek.MONDAY), "24:00", "8:00", false, -5, 0),
                        new WanHours(null, "22:00", "06:00", true, 0, 0)));

        assertThat(complaints(new SiteRequest("Lyon", null, null, wan)))
                .containsOnlyKeys(
                        "wan.linkKbitPerSecond",
                        "wan.timeZone",
                        "wan.hours[0].from",
                        "wan.hours[0].to",
                        "wan.hours[0].kbitPerSecond",
                        "wan.hours[0].percentOfLink");
    }

    @Test
    void shouldTakeHoursInTheSitesTime() {
        WanLimits wan = new WanLimits(
                8_000, 50, 20_000, "Europe/Paris", List.of(new WanHours(null, "08:00", "18:00", true, 0, 0)));

        assertThat(new SiteRequest("Lyon", null, null, wan)
                        .judged(Given.hq(), Given.NEW, 1)
                        .wan())
                .isEqualTo(wan);
    }

    private static Map<String, String> complaints(SiteRequest request) {
        return Complaints.of(() -> request.judged(Given.hq(), Given.NEW, 1));
    }

    @Test
    void shouldNameOneOfManyNetworksThatOverlap() {
        List<String> same = Collections.nCopies(256, "10.0.0.0/8");

        assertThatThrownBy(() -> new SiteRequest("Nice", null, same, null).judged(Given.hq(), Given.NEW, 1))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().errors()).hasSize(255));
    }
}
