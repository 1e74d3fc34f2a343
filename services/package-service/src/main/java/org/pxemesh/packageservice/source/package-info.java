/** Where the files of a package come from: a directory of HQ or an uploaded archive, neither of them trusted. */
@NullMarked
package org.pxemesh.packageservice.source;

import org.jspecify.annotations.NullMarked;
