package org.pxemesh.zoo.audit;

import java.util.function.Function;
import org.pxemesh.zoo.tftp.Errand;
import org.pxemesh.zoo.tftp.Fetch;

/**
 * One TFTP transfer with something special about it.
 *
 * @param judge looks at the finished transfer
 */
public record Drill(String fact, String about, Errand errand, Function<Fetch, Finding> judge) {}
