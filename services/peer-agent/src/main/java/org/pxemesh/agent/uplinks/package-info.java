/** The uplinks of the site's other segments: where they are, and what they have of the packages that are gathered. */
@NullMarked
package org.pxemesh.agent.uplinks;

import org.jspecify.annotations.NullMarked;
