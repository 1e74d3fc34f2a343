/** {@code ./mesh bench wan}: does content keep out of the way of other traffic, and does it use a link that is idle? */
@NullMarked
package org.pxemesh.bench.wan;

import org.jspecify.annotations.NullMarked;
