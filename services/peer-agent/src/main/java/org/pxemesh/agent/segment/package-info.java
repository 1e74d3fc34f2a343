/** One served network: the mesh's decisions carried out, and everything on it told what it needs. */
@NullMarked
package org.pxemesh.agent.segment;

import org.jspecify.annotations.NullMarked;
