@NullMarked
package org.pxemesh.statusservice.distribution;

import org.jspecify.annotations.NullMarked;
