package org.pxemesh.agent.segment;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.pxemesh.agent.content.Swarm;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.mesh.Membership;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.events.PeerJoined;
import org.pxemesh.events.PeerLeft;
import org.pxemesh.mesh.Directory;
import org.pxemesh.mesh.MeshEffect;
import org.pxemesh.mesh.MeshEvent;
import org.pxemesh.mesh.RankingInputs;
import org.pxemesh.mesh.UplinkTerm;

/** Carries out what the mesh's state decided for one segment. Confined to the segment's thread. */
final class SegmentEffects {
    private static final Logger LOG = Logger.getLogger(SegmentEffects.class);

    private final SegmentAgent segment;
    private final AgentParts parts;
    private final Swarm swarm;
    private final Membership membership;
    private final SnapshotExchange exchange;
    private final SegmentHolders holders;
    private final UplinkDesk uplink;
    private final BootPost post;
    private final Runnable membersChanged;

    /** Whom this peer ranked with last; a pause in which it ranks nobody makes no strangers. */
    private Set<UUID> met = Set.of();

    SegmentEffects(
            SegmentAgent segment,
            AgentParts parts,
            Swarm swarm,
            Membership membership,
            SnapshotExchange exchange,
            SegmentHolders holders,
            UplinkDesk uplink,
            BootPost post,
            Runnable membersChanged) {
        this.segment = segment;
        this.parts = parts;
        this.swarm = swarm;
        this.membership = membership;
        this.exchange = exchange;
        this.holders = holders;
        this.uplink = uplink;
        this.post = post;
        this.membersChanged = membersChanged;
    }

    void carryOut(MeshEffect effect) {
        switch (effect) {
            case MeshEffect.Silence ignored -> {
                holders.rank(RankingInputs.NONE);
                post.drain();
            }
            case MeshEffect.Serve(var inputs) -> serve(inputs);
            case MeshEffect.Announce(var facts, var term) ->
                segment.state().view().members().stream()
                        .findFirst()
                        .filter(coordinator -> !coordinator.equals(segment.self()))
                        .ifPresent(coordinator ->
                                segment.send(coordinator, new MeshMessage.FactsAnnounced(facts, term.orElse(null))));
            case MeshEffect.Publish(var directory) -> publish(directory);
            case MeshEffect.AskView(var whom) -> {
                var question = new MeshMessage.ViewAsked(segment.state().view().id());
                whom.forEach(peer -> segment.send(peer, question));
            }
            case MeshEffect.Rejoin() -> {
                met = Set.of();
                membership.join(segment);
            }
            case MeshEffect.StartUplink(var term, var predecessor) -> {
                LOG.infof(
                        "event=uplink-elected interface=%s term=%d predecessor=%s",
                        segment.port().name(),
                        term.term(),
                        predecessor.map(UUID::toString).orElse("none"));
                uplink.start(term);
            }
            case MeshEffect.StopUplink() -> {
                LOG.infof("event=uplink-lost interface=%s", segment.port().name());
                uplink.stop();
            }
            case MeshEffect.FollowUplink(var term) -> follow(term);
            case MeshEffect.ProbeHq() -> probe();
            case MeshEffect.RememberTerm(var term) ->
                Thread.ofVirtual()
                        .start(() -> Identity.rememberTerm(parts.config().stateDir(), term));
            case MeshEffect.ReportJoined(var facts) ->
                uplink.report((site, id) ->
                        new PeerJoined(site, id, facts.id(), facts.address().getHostAddress(), facts.agentVersion()));
            case MeshEffect.ReportLeft(var peer) -> uplink.report((site, id) -> new PeerLeft(site, id, peer, false));
        }
    }

    private void serve(RankingInputs inputs) {
        var before = met;
        var after = ids(inputs);
        met = after;
        var othersHold = !inputs.holders().equals(holders.ranking().holders());
        holders.rank(inputs);
        before.stream().filter(peer -> !after.contains(peer)).forEach(swarm::left);
        holders.refresh();
        // Whoever holds something only until another has it waits for just that.
        if (othersHold || !before.equals(after)) {
            membersChanged.run();
        }
        if (!before.containsAll(after)) {
            if (isNewHere(before, after)) {
                swarm.introduce();
            }
            if (segment.isUplink()) {
                exchange.tell();
                segment.broadcast(
                        new MeshMessage.FirmwareTold(segment.firmware().all()));
                segment.site().introduce(segment);
            }
        }
    }

    /**
     * Whether most of the others know nothing of this peer. Of two that meet only one need speak, because an introduction is
     * answered; if all spoke to each one that joins, a segment would fill with noise as it fills with peers.
     */
    private boolean isNewHere(Set<UUID> before, Set<UUID> after) {
        var others = after.stream().filter(peer -> !peer.equals(segment.self())).toList();
        var strangers = others.stream().filter(peer -> !before.contains(peer)).count();
        return strangers * 2 >= others.size();
    }

    private void publish(Directory directory) {
        segment.broadcast(new MeshMessage.DirectoryPublished(
                directory.viewId(),
                directory.version(),
                directory.uplink().orElse(null),
                segment.seed(),
                directory.entries().stream()
                        .map(entry -> new MeshMessage.DirectoryEntry(entry.facts(), entry.weightClass()))
                        .toList()));
    }

    private void follow(UplinkTerm term) {
        membersChanged.run();
        var own = term.peer().equals(segment.self());
        parts.outbox().route(segment, own ? uplink::takeOwn : events -> segment.send(term.peer(), events));
        if (!own) {
            exchange.introduce(term.peer());
        }
        uplink.reportSoon();
    }

    private void probe() {
        Thread.ofVirtual().name("hq-probe").start(() -> {
            var answers = parts.connections().hqAnswers();
            segment.run(() -> segment.apply(answers ? new MeshEvent.HqReachable() : new MeshEvent.HqUnreachable()));
        });
    }

    private static Set<UUID> ids(RankingInputs inputs) {
        return inputs.members().stream().map(member -> member.id()).collect(Collectors.toUnmodifiableSet());
    }
}
