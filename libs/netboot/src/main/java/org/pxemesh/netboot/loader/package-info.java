/** Configurations of boot loaders, made per client: an imported tree is never changed. */
@NullMarked
package org.pxemesh.netboot.loader;

import org.jspecify.annotations.NullMarked;
