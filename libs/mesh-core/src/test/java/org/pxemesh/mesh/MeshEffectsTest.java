package org.pxemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.mesh.Peers.facts;
import static org.pxemesh.mesh.Peers.id;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeshEffectsTest {
    @Test
    void shouldKeepTheLastWordOfWhatALaterOneReplacesAndAllElseInItsOrder() {
        // Given
        var first = new MeshEffect.Publish(Directory.NONE);
        var last = new MeshEffect.Publish(new Directory(7, 2, Optional.empty(), List.of()));
        var serve = new MeshEffect.Serve(RankingInputs.NONE);
        var one = new MeshEffect.ReportJoined(facts(1));
        var two = new MeshEffect.ReportJoined(facts(2));
        var left = new MeshEffect.ReportLeft(id(3));

        // When
        var condensed = MeshEffects.condensed(List.of(first, serve, one, last, serve, two, left));

        // Then
        assertThat(condensed).containsExactly(one, last, serve, two, left);
    }

    @Test
    void shouldNotLetSilenceWait() {
        assertThat(MeshEffects.mayWait(new MeshEffect.Silence(Mute.Reason.CLOCK_GAP)))
                .isFalse();
        assertThat(MeshEffects.mayWait(new MeshEffect.Serve(RankingInputs.NONE)))
                .isTrue();
    }
}
