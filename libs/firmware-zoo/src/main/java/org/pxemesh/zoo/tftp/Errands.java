package org.pxemesh.zoo.tftp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pxemesh.zoo.Program;
import org.pxemesh.zoo.ZooEvent;
import org.pxemesh.zoo.tftp.FetchStage.End;
import org.pxemesh.zoo.wire.Endpoint;

/**
 * Files fetched one after the other, each from a port of its own, until one that is required does not come.
 *
 * @param done transfers that are over
 * @param localPort the first client port; each transfer takes the two from there
 */
public record Errands(List<Errand> left, Fetch current, List<Fetch> done, Endpoint server, int localPort)
        implements Program {

    /** @param errands at least one */
    public static Errands of(List<Errand> errands, Endpoint server, int localPort) {
        return new Errands(
                errands.subList(1, errands.size()),
                Fetch.of(errands.getFirst(), server, localPort),
                List.of(),
                server,
                localPort);
    }

    @Override
    public boolean isOver() {
        return current.isOver() && left.isEmpty();
    }

    @Override
    public long dueAt() {
        return current.dueAt();
    }

    /** What is wrong, once all is over: the transfer that should not have failed. */
    public Optional<String> failure() {
        return transfers().stream()
                .filter(Errands::failed)
                .findFirst()
                .map(f -> f.errand().name() + ": "
                        + f.end().map(over -> over.end() + " " + over.detail()).orElse("unfinished"));
    }

    /** All transfers so far, in their order. */
    public List<Fetch> transfers() {
        List<Fetch> all = new ArrayList<>(done);
        all.add(current);
        return all;
    }

    private static boolean failed(Fetch fetch) {
        End end = fetch.end().map(FetchStage.Over::end).orElse(End.GAVE_UP);
        boolean absent = end == End.REFUSED && fetch.errand().need() == Errand.Need.OPTIONAL;
        return end != End.COMPLETE && end != End.SIZE_TOLD && !absent;
    }

    @Override
    public Step on(ZooEvent event, long now) {
        Step step = current.on(event, now);
        Fetch moved = (Fetch) step.next();
        if (!moved.isOver() || left.isEmpty()) {
            return new Step(new Errands(left, moved, done, server, localPort), step.effects());
        }
        if (failed(moved)) {
            return new Step(new Errands(List.of(), moved, done, server, localPort), step.effects());
        }
        List<Fetch> over = new ArrayList<>(done);
        over.add(moved);
        Fetch next = Fetch.of(left.getFirst(), server, localPort + 2 * over.size());
        Step begun = next.on(new ZooEvent.Started(), now);
        List<org.pxemesh.zoo.ZooEffect> effects = new ArrayList<>(step.effects());
        effects.addAll(begun.effects());
        return new Step(
                new Errands(left.subList(1, left.size()), (Fetch) begun.next(), List.copyOf(over), server, localPort),
                effects);
    }
}
