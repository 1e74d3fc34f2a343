/** Tests of ranking, election and healing. */
@NullMarked
package org.pxemesh.mesh;

import org.jspecify.annotations.NullMarked;
