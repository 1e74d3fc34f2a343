/** TFTP clients: how each firmware and loader asks, acknowledges, loses and repeats. */
@NullMarked
package org.pxemesh.zoo.tftp;

import org.jspecify.annotations.NullMarked;
