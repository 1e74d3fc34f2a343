/** Disks for firmware that takes one over HTTP: small FAT volumes whose files lie elsewhere. */
@NullMarked
package org.pxemesh.netboot.disk;

import org.jspecify.annotations.NullMarked;
