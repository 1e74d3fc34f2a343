/**
 * A real KRaft broker from Maven artifacts: in process for tests ({@link org.pxemesh.kafka.EmbeddedKafka}), in a process of
 * its own for small headquarters, the demo and {@code quarkus:dev} ({@link org.pxemesh.kafka.KafkaMain}).
 *
 * <p>{@code java -jar target/pxemesh-embedded-kafka-0.1.0-SNAPSHOT.jar --data DIR [--listen BIND:PORT[=HOST:PORT]]...}
 */
@NullMarked
package org.pxemesh.kafka;

import org.jspecify.annotations.NullMarked;
