/** A whole lab run: HQ, a branch office, its peers and the bare machines that boot there, with their live timeline. */
@NullMarked
package org.pxemesh.lab.office;

import org.jspecify.annotations.NullMarked;
