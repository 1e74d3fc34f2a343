/** Sites and computers as HQ's records tell them, for their names. */
@NullMarked
package org.pxemesh.statusservice.site;

import org.jspecify.annotations.NullMarked;
