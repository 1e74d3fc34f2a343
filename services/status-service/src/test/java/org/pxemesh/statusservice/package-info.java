/** The service as it is shipped, in a process of its own, against a real broker. */
@NullMarked
package org.pxemesh.statusservice;

import org.jspecify.annotations.NullMarked;
