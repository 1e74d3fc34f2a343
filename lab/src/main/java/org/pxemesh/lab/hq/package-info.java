/** HQ on this machine: its services and an embedded Kafka, in the foreground of a run or on their own. */
@NullMarked
package org.pxemesh.lab.hq;

import org.jspecify.annotations.NullMarked;
