/** Sites with several segments behind a narrow WAN, and what distributing a package costs there. */
@NullMarked
package org.pxemesh.lab.distribution;

import org.jspecify.annotations.NullMarked;
