/** Manifests, chunks, digests and the decisions that move them. */
@NullMarked
package org.pxemesh.content;

import org.jspecify.annotations.NullMarked;
