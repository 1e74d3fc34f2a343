package org.pxemesh.zoo;

import org.pxemesh.zoo.wire.Datagram;

/** What happens to a model. */
public sealed interface ZooEvent {

    /** Power on, or the start of a program. */
    record Started() implements ZooEvent {}

    /** A datagram for one of its ports. */
    record Received(Datagram datagram) implements ZooEvent {}

    /** {@link Program#dueAt()} has come. */
    record Tick() implements ZooEvent {}
}
