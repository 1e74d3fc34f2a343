package org.pxemesh.packageservice.build;

import java.util.UUID;
import org.pxemesh.content.PackageId;
import org.pxemesh.packageservice.source.PackageSource;

/**
 * One import, judged good as far as that is possible before its files are read.
 *
 * @param buildId the build
 * @param packageId what it will be
 * @param source where its files come from
 * @param actor who asked
 */
public record ImportOrder(UUID buildId, PackageId packageId, PackageSource source, String actor) {}
