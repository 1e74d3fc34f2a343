/** Decides how fast content may come over the WAN, from what the receiver sees alone; it neither fetches nor waits. */
@NullMarked
package org.pxemesh.content.wan;

import org.jspecify.annotations.NullMarked;
