package org.pxemesh.events;

/** How a collection finds its computers. */
public enum CollectionKind {
    /** By a rule over labels. */
    RULE,
    /** By name; the list is kept on the computers' records. */
    LIST,
    /** The built-in collection of all computers. */
    ALL
}
