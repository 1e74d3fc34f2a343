package org.pxemesh.packageservice.build;

import java.util.UUID;
import org.pxemesh.content.PackageId;
import org.pxemesh.packageservice.recognition.ImportOptions;
import org.pxemesh.packageservice.source.PackageSource;

/**
 * One import, judged good as far as that is possible before its files are read.
 *
 * @param buildId the build
 * @param packageId what it will be
 * @param source where its files come from
 * @param options what else the asker said
 * @param acceptSecrets whether the package may hold what boot clients should not read
 * @param actor who asked
 */
public record ImportOrder(
        UUID buildId,
        PackageId packageId,
        PackageSource source,
        ImportOptions options,
        boolean acceptSecrets,
        String actor) {}
