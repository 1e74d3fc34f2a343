/** Why a machine boots what it boots, over REST. */
@NullMarked
package org.pxemesh.policyservice.explain;

import org.jspecify.annotations.NullMarked;
