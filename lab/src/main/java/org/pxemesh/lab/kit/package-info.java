/** Windows kits as Microsoft lays them out, made of nothing: the same names and sizes, no byte of Microsoft's. */
@NullMarked
package org.pxemesh.lab.kit;

import org.jspecify.annotations.NullMarked;
