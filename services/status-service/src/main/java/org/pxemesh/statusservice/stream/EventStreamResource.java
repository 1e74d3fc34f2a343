package org.pxemesh.statusservice.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.statusservice.StatusConfig;
import org.pxemesh.statusservice.StatusMetrics;
import org.pxemesh.statusservice.sql.Json;

/**
 * What happens, as it happens (server-sent events, WHATWG HTML section 9.2). A reader that names the last event it had goes
 * on after it; one that names none begins now; one that was away too long gets {@code reset} and loads everything anew.
 *
 * <p>Pages are read only as fast as the client takes them.
 */
@Path("/api/v1/events")
@Singleton
public class EventStreamResource {

    private static final int PAGE = 200;

    private final EventLog log;
    private final Duration heartbeat;
    private final int limit;
    private final AtomicInteger open;

    EventStreamResource(EventLog log, StatusConfig config, MeterRegistry metrics) {
        this.log = log;
        this.heartbeat = config.heartbeat();
        this.limit = config.streams();
        this.open = metrics.gauge(StatusMetrics.STREAMS, new AtomicInteger());
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Live events; resumes after Last-Event-ID or ?after=")
    public Multi<OutboundSseEvent> stream(
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @QueryParam("after") @Nullable String after,
            @Context Sse sse) {
        EventLog.Range range = log.range();
        // A browser that reconnects repeats the query of its first request beside the header, which is newer.
        Long wanted = lastEventId != null ? number("Last-Event-ID", lastEventId) : number("after", after);
        boolean lost = wanted != null && (wanted > range.newest() || wanted < range.oldest() - 1);
        AtomicLong position = new AtomicLong(wanted == null || lost ? range.newest() : wanted);
        if (open.incrementAndGet() > limit) {
            open.decrementAndGet();
            throw new ProblemException(Problem.of(
                    503, "too many streams", limit + " live streams are open (pxemesh.status.streams)", null));
        }
        Multi<OutboundSseEvent> greeting = Multi.createFrom()
                .item(
                        lost
                                ? sse.newEventBuilder()
                                        .id(Long.toString(range.newest()))
                                        .name("reset")
                                        .data("{\"oldest\":" + range.oldest() + ",\"newest\":" + range.newest() + "}")
                                        .build()
                                : comment(sse, "events after " + position.get()));
        Multi<OutboundSseEvent> events = Multi.createBy()
                .repeating()
                .uni(() -> page(position, sse))
                .indefinitely()
                .onItem()
                .transformToMultiAndConcatenate(page -> Multi.createFrom().iterable(page));
        return Multi.createBy()
                .concatenating()
                .streams(greeting, events)
                .onTermination()
                .invoke(open::decrementAndGet);
    }

    /** The next page; when there is none yet, a heartbeat or what the next commit brings. */
    private Uni<List<OutboundSseEvent>> page(AtomicLong position, Sse sse) {
        return Uni.createFrom()
                .deferred(() -> {
                    var more = log.more();
                    List<LoggedEvent> events = log.after(position.get(), PAGE);
                    if (events.isEmpty()) {
                        return Uni.createFrom()
                                .completionStage(() -> more.copy())
                                .map(ignored -> List.<OutboundSseEvent>of())
                                .ifNoItem()
                                .after(heartbeat)
                                .recoverWithItem(() -> List.of(comment(sse, "heartbeat")));
                    }
                    position.set(events.getLast().id());
                    return Uni.createFrom()
                            .item(events.stream().map(event -> told(event, sse)).toList());
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static OutboundSseEvent told(LoggedEvent event, Sse sse) {
        return sse.newEventBuilder()
                .id(Long.toString(event.id()))
                .data(Json.text(event))
                .build();
    }

    private static OutboundSseEvent comment(Sse sse, String text) {
        return sse.newEventBuilder().comment(text).build();
    }

    private static @Nullable Long number(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw ProblemException.invalid(name, "\"" + text + "\" is not the id of an event: a whole number");
        }
    }
}
