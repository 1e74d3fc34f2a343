package org.pxemesh.policyservice.explain;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootSigning;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.WindowsDelivery;

/**
 * Why a machine boots what it boots, or does not.
 *
 * @param boots whether it gets an answer
 * @param reasons stable names of all that speaks against an answer; empty when it gets one
 * @param details the same in words
 * @param computer that the machine is; null when HQ does not know it
 * @param site where it asks; null when nobody said and HQ cannot tell
 * @param policies enabled ones that cover the peer that was assumed; it follows the first
 * @param hold who holds content there, by that policy; null without one
 * @param deployments for the machine, the one that wins first
 * @param plan what it gets, or would get if the policy did more than observe; null when it gets nothing
 * @param assumptions what only the segment knows and HQ took for granted
 */
@Schema(name = "Explanation")
public record Explanation(
        boolean boots,
        List<String> reasons,
        List<String> details,
        @Nullable Named computer,
        @Nullable Named site,
        List<Named> policies,
        @Nullable Hold hold,
        List<RankedDeployment> deployments,
        @Nullable Plan plan,
        List<String> assumptions) {

    /** Something with a name. */
    public record Named(UUID id, String name) {}

    /**
     * Who holds content at a peer's segment.
     *
     * @param kind which packages
     * @param holdersPerSegment how many peers, 0 = all
     * @param uploadBytesPerSecond what each gives its neighbours at most; null = unbounded
     * @param words the same in a sentence
     */
    public record Hold(
            HoldKind kind, int holdersPerSegment, @Nullable Long uploadBytesPerSecond, String words) {}

    /** One deployment that is for the machine. */
    public record RankedDeployment(
            UUID id,
            String name,
            DeploymentKind kind,
            @Nullable String packageRef) {}

    /**
     * What the machine boots.
     *
     * @param prompt whether a person is asked first
     * @param askedBy who asks: the boot program, or the firmware's own menu (an iPXE by a script in its place); null when
     *     nobody is asked
     */
    public record Plan(
            UUID deploymentId,
            String packageRef,
            boolean prompt,
            @Nullable AskedBy askedBy,
            String architecture,
            String loader,
            String nbp,
            @Nullable String kernel,
            @Nullable String initrd,
            List<String> arguments,
            @Nullable Windows windows) {}

    /** Who asks a person before a machine boots. */
    public enum AskedBy {
        /** The package's first program. */
        PROGRAM,
        /** The firmware's own PXE menu; UEFI HTTP Boot has none, and gets no answer. */
        PXE_MENU
    }

    /**
     * What a Windows PE gets beside its first program.
     *
     * @param bcd whose BCD store
     * @param delivery how the image comes
     * @param signedBy who signed the boot programs, which Secure Boot cares about
     * @param peBuild the image's Windows build, 0 when it does not tell
     * @param tftpBlockSize bytes, from the policy
     * @param tftpWindowSize blocks, from the policy
     */
    public record Windows(
            BcdSource bcd,
            WindowsDelivery delivery,
            BootSigning signedBy,
            int peBuild,
            int tftpBlockSize,
            int tftpWindowSize) {}
}
