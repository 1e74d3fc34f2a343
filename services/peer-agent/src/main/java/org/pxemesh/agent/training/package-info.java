/** The training run for the AOT cache: a whole agent on loopback, its neighbour, its HQ's word and its boot clients. */
@NullMarked
package org.pxemesh.agent.training;

import org.jspecify.annotations.NullMarked;
