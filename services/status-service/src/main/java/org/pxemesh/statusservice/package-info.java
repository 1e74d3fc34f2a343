/** Projections of the mesh's events, the live console, metrics. */
@NullMarked
package org.pxemesh.statusservice;

import org.jspecify.annotations.NullMarked;
