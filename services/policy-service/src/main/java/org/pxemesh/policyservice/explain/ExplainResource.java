package org.pxemesh.policyservice.explain;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.pxemesh.policyservice.desk.Desk;

/** Answers "why does this machine boot, or not?" by the same function that the agents decide by. */
@Path("/api/v1/explain")
@Tag(name = "explain")
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {

    private final Desk desk;
    private final InstantSource clock;

    ExplainResource(Desk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "What a machine would boot, and every reason when it would boot nothing")
    public Explanation explain(
            @QueryParam("mac") @Parameter(description = "MAC of the machine", required = true) @Nullable String mac,
            @QueryParam("arch")
                    @Parameter(
                            description = "bios, x64-uefi, aa64-uefi, ... or the code of DHCP option 93",
                            required = true)
                    @Nullable
                    String arch,
            @QueryParam("guid") @Parameter(description = "SMBIOS GUID of the machine") @Nullable String guid,
            @QueryParam("site")
                    @Parameter(description = "id or name of the site where it asks; its home unless said otherwise")
                    @Nullable
                    String site) {
        return new Explainer(desk.snapshot(), clock.instant()).explain(Question.checked(mac, arch, guid, site));
    }
}
