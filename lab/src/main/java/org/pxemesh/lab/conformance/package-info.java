/** {@code ./mesh conformance}: the firmware zoo on real sockets, against any boot server. */
@NullMarked
package org.pxemesh.lab.conformance;

import org.jspecify.annotations.NullMarked;
