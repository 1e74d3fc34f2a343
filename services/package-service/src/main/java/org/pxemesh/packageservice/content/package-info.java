/** Manifests and files over HTTP, for the uplinks. */
@NullMarked
package org.pxemesh.packageservice.content;

import org.jspecify.annotations.NullMarked;
