package org.pxemesh.agent.uplink;

import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.Deserializer;

/** Bytes as they are; Kafka tells its cluster's id only to those it loads, such as a deserializer. */
final class ClusterId implements Deserializer<byte[]>, ClusterResourceListener {
    private volatile String value = "";

    @Override
    public void onUpdate(ClusterResource cluster) {
        if (cluster.clusterId() != null) {
            value = cluster.clusterId();
        }
    }

    /** Empty before the first metadata. */
    String value() {
        return value;
    }

    @Override
    public byte[] deserialize(String topic, byte[] data) {
        return data;
    }
}
