package org.pxemesh.policyservice.desk;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.pxemesh.hq.rest.Problem;

/** Tells the readers of the API which errors every operation can answer with: they are the same by kind. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemsInOpenApi implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents().addSchema("Problem", problem());
        api.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> addProblems(path, method, operation)));
    }

    private static void addProblems(String path, PathItem.HttpMethod method, Operation operation) {
        boolean writes = method != PathItem.HttpMethod.GET;
        boolean one = path.contains("{id}");
        boolean button = path.endsWith("able");
        add(operation, "503", "Kafka is away, or the state is still being read");
        if (!one || (writes && !button && method != PathItem.HttpMethod.DELETE)) {
            add(operation, "400", "a field or parameter is wrong; all that are wrong are named");
        }
        if (one) {
            add(operation, "404", "there is no such thing");
        }
        if (one && writes) {
            add(operation, "412", "If-Match names another revision than the current one");
        }
        if (one && writes && !button) {
            add(operation, "428", "If-Match is missing");
        }
        if (method == PathItem.HttpMethod.DELETE) {
            add(operation, "409", "others use it; the detail names them");
        }
    }

    private static void add(Operation operation, String status, String description) {
        Schema problem = createSchema().ref("#/components/schemas/Problem");
        operation
                .getResponses()
                .addAPIResponse(
                        status,
                        createAPIResponse()
                                .description(description)
                                .content(createContent()
                                        .addMediaType(
                                                Problem.MEDIA_TYPE,
                                                createMediaType().schema(problem))));
    }

    private static Schema problem() {
        Schema fieldError = object().addProperty(
                        "field", text("path of the member that is wrong, for example networks[0]"))
                .addProperty("detail", text("what is wrong with it"));
        return object().description("RFC 9457")
                .addProperty("title", text("what kind of error, the same for every case of it"))
                .addProperty("status", createSchema().type(List.of(SchemaType.INTEGER)))
                .addProperty("detail", text("what was wrong here and what to do"))
                .addProperty("field", text("the first member that is wrong; missing when it was none"))
                .addProperty(
                        "errors", createSchema().type(List.of(SchemaType.ARRAY)).items(fieldError));
    }

    private static Schema object() {
        return createSchema().type(List.of(SchemaType.OBJECT));
    }

    private static Schema text(String description) {
        return createSchema().type(List.of(SchemaType.STRING)).description(description);
    }
}
