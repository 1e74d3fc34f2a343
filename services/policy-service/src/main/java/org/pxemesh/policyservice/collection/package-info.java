/** Collections of computers, by rule or by list, over REST. */
@NullMarked
package org.pxemesh.policyservice.collection;

import org.jspecify.annotations.NullMarked;
