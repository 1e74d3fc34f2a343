package org.pxemesh.policyservice.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.CollectionKind;
import org.pxemesh.policyservice.Complaints;
import org.pxemesh.policyservice.Given;

class CollectionRequestTest {

    @Test
    void shouldTakeARuleAndAList() {
        assertThat(complaints(new CollectionRequest("A", CollectionKind.RULE, "os = linux and site = Paris")))
                .isEmpty();
        assertThat(complaints(new CollectionRequest("B", CollectionKind.LIST, null)))
                .isEmpty();
    }

    @Test
    void shouldSayWhereARuleIsWrong() {
        assertThat(complaints(new CollectionRequest("A", CollectionKind.RULE, "os = linux site")))
                .containsExactly(
                        entry("rule", "position 12: expected 'and', 'or' or the end of the rule, found 'site'"));
    }

    @Test
    void shouldTellRulesAndListsApart() {
        assertThat(complaints(new CollectionRequest("A", CollectionKind.RULE, null)))
                .containsOnlyKeys("rule");
        assertThat(complaints(new CollectionRequest("A", CollectionKind.LIST, "os = linux")))
                .containsOnlyKeys("rule");
        assertThat(complaints(new CollectionRequest("A", CollectionKind.ALL, null)))
                .containsOnlyKeys("kind");
        assertThat(complaints(new CollectionRequest("A", null, null))).containsOnlyKeys("kind");
    }

    @Test
    void shouldNotLetAListBecomeARule() {
        CollectionRequest request = new CollectionRequest("Vips", CollectionKind.RULE, "os = linux");

        assertThat(Complaints.of(() -> request.judged(Given.hq(), Given.LIST, 2)))
                .containsOnlyKeys("kind");
    }

    @Test
    void shouldNotTakeTheNameOfTheBuiltInCollection() {
        assertThat(complaints(new CollectionRequest("all computers", CollectionKind.LIST, null)))
                .containsOnlyKeys("name");
    }

    private static Map<String, String> complaints(CollectionRequest request) {
        return Complaints.of(() -> request.judged(Given.hq(), Given.NEW, 1));
    }
}
