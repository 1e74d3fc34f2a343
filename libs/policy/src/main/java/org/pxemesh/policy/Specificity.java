package org.pxemesh.policy;

/** How narrowly a collection names a computer; the narrower one wins, in this order. */
public enum Specificity {
    /** The computer's own record lists the collection. */
    LISTED,
    /** The computer's labels match the collection's rule. */
    BY_RULE,
    /** The collection holds all computers. */
    ALL
}
