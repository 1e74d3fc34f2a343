/** How content answers conditional and range requests: the same at HQ and at every peer. */
@NullMarked
package org.pxemesh.content.http;

import org.jspecify.annotations.NullMarked;
