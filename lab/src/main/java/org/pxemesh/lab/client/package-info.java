/** Bare machines with real firmware, in QEMU. */
@NullMarked
package org.pxemesh.lab.client;

import org.jspecify.annotations.NullMarked;
