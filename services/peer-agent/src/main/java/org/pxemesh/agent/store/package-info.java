/** Verified content on disk: one flat sparse file per digest and an index of its chunks. */
@NullMarked
package org.pxemesh.agent.store;

import org.jspecify.annotations.NullMarked;
