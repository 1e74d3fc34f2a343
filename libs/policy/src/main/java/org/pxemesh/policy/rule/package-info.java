/** The rule language that gathers computers into collections by their labels. */
@NullMarked
package org.pxemesh.policy.rule;

import org.jspecify.annotations.NullMarked;
