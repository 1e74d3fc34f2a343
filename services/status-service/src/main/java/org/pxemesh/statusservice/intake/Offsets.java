package org.pxemesh.statusservice.intake;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.pxemesh.statusservice.sql.Sql;

/** How far each partition has been projected, stored beside the projections. */
final class Offsets {

    private Offsets() {}

    /** Next offset by partition; a partition that was never read is missing. */
    static Map<TopicPartition, Long> load(Sql sql) throws SQLException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        sql.list(
                "select topic, partition_no, next_offset from kafka_offset",
                row -> offsets.put(
                        new TopicPartition(row.text("topic"), row.integer("partition_no")), row.number("next_offset")));
        return offsets;
    }

    /**
     * Moves a partition on.
     *
     * @param from what this instance believes is stored, 0 for a partition that was never read
     * @throws IllegalStateException when something else is stored: another instance works on this database
     */
    static void advance(Sql sql, TopicPartition partition, long from, long to) throws SQLException {
        int moved = sql.update(
                "update kafka_offset set next_offset = ? where topic = ? and partition_no = ? and next_offset = ?",
                to,
                partition.topic(),
                partition.partition(),
                from);
        if (moved == 1) {
            return;
        }
        if (from != 0) {
            throw new IllegalStateException("offset of " + partition + " is not " + from
                    + " any more: another status-service works on this database; stop one of them");
        }
        sql.update(
                "insert into kafka_offset (topic, partition_no, next_offset) values (?, ?, ?)",
                partition.topic(),
                partition.partition(),
                to);
    }
}
