/** The boot side as a whole: sessions of boot clients, the files of their plans, and what is told of them. */
@NullMarked
package org.pxemesh.agent.boot;

import org.jspecify.annotations.NullMarked;
