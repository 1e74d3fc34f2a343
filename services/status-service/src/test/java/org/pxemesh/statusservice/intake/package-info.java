/** Tests of what needs no broker. */
@NullMarked
package org.pxemesh.statusservice.intake;

import org.jspecify.annotations.NullMarked;
