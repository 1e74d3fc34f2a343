/** The signed epoch by which agents know that HQ's records are fresh. */
@NullMarked
package org.pxemesh.policyservice.epoch;

import org.jspecify.annotations.NullMarked;
