/** HQ's REST interface as the command line uses it. */
@NullMarked
package org.pxemesh.cli.hq;

import org.jspecify.annotations.NullMarked;
