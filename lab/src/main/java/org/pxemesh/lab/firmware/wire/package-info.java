/** What went over a machine's network cable, read from its packet capture. */
@NullMarked
package org.pxemesh.lab.firmware.wire;

import org.jspecify.annotations.NullMarked;
