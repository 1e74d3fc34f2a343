package org.pxemesh.policyservice.firmware;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.Event;
import org.pxemesh.events.FirmwareFingerprint;
import org.pxemesh.events.FirmwareLearned;
import org.pxemesh.events.FirmwareReverted;
import org.pxemesh.events.FirmwareState;
import org.pxemesh.events.SiteState;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.desk.Change;
import org.pxemesh.policyservice.desk.Checks;
import org.pxemesh.policyservice.desk.Desk;

/** Which reply form the sites begin with, by firmware. */
@Path("/api/v1/firmware")
@Tag(name = "firmware")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FirmwareResource {

    /** Forms that a choice is among; the others belong to one kind of client each. */
    private static final List<String> CHOICES = List.of("binl", "pxe10", "menu");

    private final Desk desk;
    private final FirmwareIntake intake;
    private final InstantSource clock;

    FirmwareResource(Desk desk, FirmwareIntake intake, InstantSource clock) {
        this.desk = desk;
        this.intake = intake;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "All firmwares that sites observed or HQ says something of")
    public List<FirmwareView> list() {
        Map<String, FirmwareState> states = desk.snapshot().firmware();
        Map<String, FirmwareFingerprint> all = new TreeMap<>();
        intake.read(words -> words.fingerprints()).forEach(known -> all.put(known.id(), known));
        states.forEach((id, state) -> all.put(id, state.fingerprint()));
        return all.values().stream()
                .map(known -> view(known, states.get(known.id())))
                .toList();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A firmware, and which site says what of it")
    public FirmwareDetail one(String id) {
        PolicySnapshot snapshot = desk.snapshot();
        FirmwareView view = view(known(snapshot, id), snapshot.firmware().get(id));
        return new FirmwareDetail(
                view,
                intake.read(words -> words.words(id)).stream()
                        .map(word -> {
                            SiteState site = snapshot.sites().get(word.siteId());
                            return new FirmwareDetail.Word(
                                    word.siteId(),
                                    site == null ? word.siteId().toString() : site.name(),
                                    word.form(),
                                    site != null && !word.foreignPxe(),
                                    word.at());
                        })
                        .sorted(Comparator.comparing(FirmwareDetail.Word::site))
                        .toList());
    }

    private FirmwareView view(FirmwareFingerprint known, @Nullable FirmwareState state) {
        Set<UUID> sites = desk.snapshot().sites().keySet();
        return FirmwareView.of(known, state, intake.read(words -> words.votes(known.id(), Instant.MIN, sites)));
    }

    @POST
    @Path("{id}/pin")
    @Operation(summary = "Answer a firmware in one form and try no other")
    public FirmwareView pin(String id, @Nullable PinRequest request) {
        String form = Checks.body(request).form();
        Checks checks = new Checks();
        checks.that(form != null && CHOICES.contains(form), "form", "must be one of " + String.join(", ", CHOICES));
        checks.done();
        return change(id, form, true, "pin");
    }

    @POST
    @Path("{id}/revert")
    @Operation(summary = "Forget what was learned or pinned of a firmware; the sites begin anew")
    @Consumes(MediaType.WILDCARD)
    public FirmwareView revert(String id) {
        return change(id, null, false, "revert");
    }

    private FirmwareView change(String id, @Nullable String form, boolean pinned, String act) {
        return desk.change(snapshot -> {
            FirmwareState old = snapshot.firmware().get(id);
            FirmwareFingerprint known = known(snapshot, id);
            FirmwareState next =
                    new FirmwareState(known, old == null ? 1 : old.revision() + 1, form, pinned, clock.instant(), 0);
            Event event = form == null ? new FirmwareReverted(next) : new FirmwareLearned(next);
            String summary = form == null ? "reverted firmware " + id : "pinned firmware " + id + " to " + form;
            return new Change<>(
                    view(known, next), List.of(event), act, "firmware", auditId(id), next.revision(), summary);
        });
    }

    private FirmwareFingerprint known(PolicySnapshot snapshot, String id) {
        FirmwareState state = snapshot.firmware().get(id);
        if (state != null) {
            return state.fingerprint();
        }
        return intake.read(words -> words.fingerprint(id))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404,
                        "not found",
                        "no site has observed a firmware " + id + "; GET /api/v1/firmware lists those that are known",
                        null)));
    }

    /** The audit numbers things by UUID: the fingerprint's 64 bits, and nothing before them. */
    private static UUID auditId(String id) {
        return new UUID(0, Long.parseUnsignedLong(id, 16));
    }
}
