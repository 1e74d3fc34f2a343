/** What peers found in their segments that is in the way of boot clients, with the cure. */
@NullMarked
package org.pxemesh.statusservice.finding;

import org.jspecify.annotations.NullMarked;
