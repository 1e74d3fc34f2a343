/** Where every administrator's act is judged against HQ's state, written to Kafka and read back. */
@NullMarked
package org.pxemesh.policyservice.desk;

import org.jspecify.annotations.NullMarked;
