/** Collections, computers, deployments and the one pure decision what a boot client gets. */
@NullMarked
package org.pxemesh.policy;

import org.jspecify.annotations.NullMarked;
