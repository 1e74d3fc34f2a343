/** Whether and in which order a file may be served while its end is still arriving. */
@NullMarked
package org.pxemesh.content.stream;

import org.jspecify.annotations.NullMarked;
