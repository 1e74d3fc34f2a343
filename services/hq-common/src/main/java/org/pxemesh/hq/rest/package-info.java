/** Errors as problem+json with the field that was wrong, and revisions as ETags. */
@NullMarked
package org.pxemesh.hq.rest;

import org.jspecify.annotations.NullMarked;
