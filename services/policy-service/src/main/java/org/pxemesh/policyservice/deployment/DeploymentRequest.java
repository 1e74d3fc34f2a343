package org.pxemesh.policyservice.deployment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.desk.Checks;

/**
 * A deployment as people send it; {@code id} and {@code revision} may come along from an answer and are not looked at.
 *
 * @param name unique
 * @param packageRef {@code name@version} of a package that HQ has built; may be missing for {@code LOCAL} alone
 * @param collection the computers that it is for
 * @param unknownComputers whether it is for machines that HQ does not know; no unless said otherwise
 * @param kind required, available or local; never guessed, since it decides whether a machine boots unasked
 * @param arguments for the kernel, one each
 * @param pxeMenu whether the firmware's own PXE menu may ask where no program of the package can; for AVAILABLE alone, no
 *     unless said otherwise
 */
@Schema(name = "DeploymentRequest")
@JsonIgnoreProperties({"id", "revision"})
public record DeploymentRequest(
        @Schema(required = true, examples = "Debian for unknown machines") @Nullable
        String name,

        @Schema(examples = "debian@12.9") @Nullable String packageRef,
        @Nullable UUID collection,
        @Nullable Boolean unknownComputers,
        @Schema(required = true) @Nullable DeploymentKind kind,
        @Nullable List<@Nullable String> arguments,
        @Nullable Boolean pxeMenu) {

    private static final int MAX_ARGUMENTS = 64;

    /** Kernels cut their command line at 2048 characters; the boot side adds its own. */
    private static final int MAX_ARGUMENT_CHARACTERS = 1_000;

    /** Arguments stand in loader configurations: a blank would make two of one, a line end a command of it. */
    private static final Pattern ARGUMENT = Pattern.compile("[\\x21-\\x7e]{1,500}");

    /** The state that this asks for. */
    public DeploymentState judged(PolicySnapshot snapshot, UUID id, long revision) {
        Checks checks = new Checks();
        String cleanName = checks.name(name);
        checks.unique(cleanName, id, snapshot, DeploymentResource.KIND);
        boolean forUnknown = Boolean.TRUE.equals(unknownComputers);
        checks.that(
                collection != null || forUnknown,
                "collection",
                "is missing; name a collection, or set unknownComputers to true");
        checks.that(
                collection == null || snapshot.collection(collection).isPresent(),
                "collection",
                "there is no collection " + collection);
        checks.that(kind != null, "kind", "is missing; it is one of REQUIRED, AVAILABLE, LOCAL");
        boolean menu = Boolean.TRUE.equals(pxeMenu);
        checks.that(
                !menu || kind == null || kind == DeploymentKind.AVAILABLE,
                "pxeMenu",
                "is for the kind AVAILABLE alone: the others ask nobody");
        judgePackage(checks, snapshot);
        List<String> given = checks.each(
                arguments,
                "arguments",
                MAX_ARGUMENTS,
                (field, argument) -> checks.that(
                        ARGUMENT.matcher(argument).matches(),
                        field,
                        "must have 1 to 500 printable ASCII characters and no blanks"));
        checks.that(
                String.join(" ", given).length() <= MAX_ARGUMENT_CHARACTERS,
                "arguments",
                "have more than " + MAX_ARGUMENT_CHARACTERS + " characters together");
        checks.done();
        return new DeploymentState(
                id,
                revision,
                cleanName,
                packageRef,
                collection,
                forUnknown,
                kind == null ? DeploymentKind.LOCAL : kind,
                given,
                menu ? true : null);
    }

    private void judgePackage(Checks checks, PolicySnapshot snapshot) {
        if (packageRef == null) {
            checks.that(kind == DeploymentKind.LOCAL || kind == null, "packageRef", "is missing; write name@version");
        } else if (snapshot.isRetired(packageRef)) {
            checks.wrong("packageRef", "package " + packageRef + " is retired");
        } else if (!snapshot.packages().containsKey(packageRef)) {
            checks.wrong("packageRef", "HQ has built no package " + packageRef);
        }
    }
}
