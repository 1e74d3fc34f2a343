/** Boots and their timelines. */
@NullMarked
package org.pxemesh.statusservice.boot;

import org.jspecify.annotations.NullMarked;
