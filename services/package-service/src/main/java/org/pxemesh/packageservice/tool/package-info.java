/** Programs of HQ's machine that read what no library does: run without a shell, within bounds of time and output. */
@NullMarked
package org.pxemesh.packageservice.tool;

import org.jspecify.annotations.NullMarked;
