package org.pxemesh.policy;

/** What a boot client gets: a {@link BootPlan}, or no answer and all the reasons. */
public sealed interface Decision permits BootPlan, Ignored {}
