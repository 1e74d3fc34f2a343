/** Tests of what needs no broker. */
@NullMarked
package org.pxemesh.statusservice.boot;

import org.jspecify.annotations.NullMarked;
