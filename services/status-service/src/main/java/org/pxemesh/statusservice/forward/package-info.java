/** One address for people: hands requests on to the service that owns the thing. */
@NullMarked
package org.pxemesh.statusservice.forward;

import org.jspecify.annotations.NullMarked;
