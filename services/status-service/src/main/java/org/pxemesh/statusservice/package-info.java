/**
 * Projections of the mesh's events in SQL, the REST and live stream over them, the console, and one address for people.
 * {@code intake} reads Kafka; {@code topology}, {@code boot}, {@code distribution}, {@code site} hold a projection each;
 * {@code stream} tells what happened; {@code forward} hands on what is another service's.
 */
@NullMarked
package org.pxemesh.statusservice;

import org.jspecify.annotations.NullMarked;
