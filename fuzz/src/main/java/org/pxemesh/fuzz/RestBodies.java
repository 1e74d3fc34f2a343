package org.pxemesh.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.hq.rest.Revisions;
import org.pxemesh.packageservice.build.ImportRequest;
import org.pxemesh.packageservice.build.OptionChecks;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.collection.CollectionRequest;
import org.pxemesh.policyservice.computer.ComputerRequest;
import org.pxemesh.policyservice.deployment.DeploymentRequest;
import org.pxemesh.policyservice.policy.PolicyRequest;
import org.pxemesh.policyservice.site.SiteRequest;

/** Bodies and conditions of HQ's REST requests, as its services read and judge them. */
final class RestBodies {

    /** As Quarkus makes it by the services' settings. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final UUID ID = new UUID(0, 1);
    private static final PolicySnapshot NOTHING = PolicySnapshot.EMPTY;

    private RestBodies() {}

    /** The first line says of what, the header {@code If-Match} what the sender saw. */
    static Object of(byte[] bytes) {
        Lines lines = Lines.of(bytes);
        try {
            Revisions.check(lines.header("If-Match"), 7);
            return switch (lines.first()) {
                case "site" -> read(lines, SiteRequest.class).judged(NOTHING, ID, 1);
                case "collection" -> read(lines, CollectionRequest.class).judged(NOTHING, ID, 1);
                case "computer" -> read(lines, ComputerRequest.class).judged(NOTHING, ID, 1);
                case "policy" -> read(lines, PolicyRequest.class).judged(NOTHING, ID, 1, false);
                case "deployment" -> read(lines, DeploymentRequest.class).judged(NOTHING, ID, 1);
                case "import" -> judged(read(lines, ImportRequest.class));
                default -> "no such thing";
            };
        } catch (ProblemException refused) {
            return "refused: " + refused.problem();
        } catch (JsonProcessingException | CharConversionException refused) {
            // ProblemMappers answers 400.
            return "no such JSON: " + refused.getClass().getSimpleName();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be read", e);
        }
    }

    private static <T> T read(Lines lines, Class<T> type) throws IOException {
        @Nullable T body = JSON.readValue(lines.body(), type);
        if (body == null) {
            throw new ProblemException(Problem.of(400, "invalid request", "the body is null", null));
        }
        return body;
    }

    private static Object judged(ImportRequest request) {
        List<Problem.FieldError> errors = new ArrayList<>();
        Object options = new OptionChecks(errors).options(request, null, null);
        return errors.isEmpty() ? options : errors;
    }
}
