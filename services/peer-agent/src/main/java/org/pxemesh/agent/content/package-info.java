/** What to hold and how it gets here: the swarm's decisions carried out over HTTP. */
@NullMarked
package org.pxemesh.agent.content;

import org.jspecify.annotations.NullMarked;
