/** The product's command line over the REST APIs. */
@NullMarked
package org.pxemesh.cli;

import org.jspecify.annotations.NullMarked;
