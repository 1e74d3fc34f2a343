/** Policies and the Enable button over REST. */
@NullMarked
package org.pxemesh.policyservice.policy;

import org.jspecify.annotations.NullMarked;
