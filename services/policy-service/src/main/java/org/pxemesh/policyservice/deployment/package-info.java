/** Deployments of packages over REST. */
@NullMarked
package org.pxemesh.policyservice.deployment;

import org.jspecify.annotations.NullMarked;
