/** Package versions as Kafka has them, and the REST interface to them. */
@NullMarked
package org.pxemesh.packageservice.catalog;

import org.jspecify.annotations.NullMarked;
