/** What the HQ services share: fenced writers of compacted topics, views, REST errors. */
@NullMarked
package org.pxemesh.hq;

import org.jspecify.annotations.NullMarked;
