/** The main job on one machine: bare machines boot from elected peers, one of which is killed. */
@NullMarked
package org.pxemesh.lab.demo;

import org.jspecify.annotations.NullMarked;
