package org.pxemesh.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jgroups.Address;
import org.jgroups.util.ExtendedUUID;
import org.junit.jupiter.api.Test;

class LargestGroupLeadsTest {
    @Test
    void shouldLetTheLargestGroupLeadAndKeepItsOrder() {
        // Given one that found nobody, though it has the lowest address, and a group
        var alone = List.of(address(1));
        var group = List.of(address(7), address(3), address(5));

        // Then
        assertThat(new LargestGroupLeads().getNewMembership(List.of(alone, group)))
                .containsExactly(address(7), address(3), address(5), address(1));
    }

    @Test
    void shouldLetTheOldestOfEqualsLead() {
        var younger = List.of(address(9), address(2));
        var older = List.of(address(4), address(6));

        assertThat(new LargestGroupLeads().getNewMembership(List.of(younger, older)))
                .containsExactly(address(4), address(6), address(9), address(2));
    }

    private static Address address(int n) {
        return new ExtendedUUID(n, 0);
    }
}
