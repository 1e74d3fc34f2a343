/** Content on HQ's disk: one file per digest, and nothing visible before it is whole. */
@NullMarked
package org.pxemesh.packageservice.store;

import org.jspecify.annotations.NullMarked;
