/** What a server's packets are held to, statement by statement. */
@NullMarked
package org.pxemesh.zoo.audit;

import org.jspecify.annotations.NullMarked;
