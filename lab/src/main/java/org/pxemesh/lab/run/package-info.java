/** Processes and traces of a lab run, and how all of it goes away again. */
@NullMarked
package org.pxemesh.lab.run;

import org.jspecify.annotations.NullMarked;
