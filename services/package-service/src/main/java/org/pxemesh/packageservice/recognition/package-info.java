/** What a tree of files boots, found by looking at its paths. */
@NullMarked
package org.pxemesh.packageservice.recognition;

import org.jspecify.annotations.NullMarked;
