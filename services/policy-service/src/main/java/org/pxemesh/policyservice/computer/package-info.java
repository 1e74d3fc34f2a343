/** Computers that HQ knows, over REST. */
@NullMarked
package org.pxemesh.policyservice.computer;

import org.jspecify.annotations.NullMarked;
