package org.pxemesh.agent.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pxemesh.agent.config.AgentConfig.Networks;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.WanLimits;
import org.pxemesh.policy.PolicySnapshot;

class NetworkTest {
    private static final UUID SEED = new UUID(9, 9);
    private static final NetworkPort PORT = new NetworkPort(
            "eth0",
            (Inet4Address) InetAddress.ofLiteral("10.20.3.4"),
            24,
            "02:00:00:00:00:01",
            NetworkPort.Kind.WIRED,
            true);

    @Test
    void shouldServeABranchAndGiveAllItsPeersTheSameSegment() {
        // Given
        var snapshot = sites(site(1, SiteKind.BRANCH, "10.20.0.0/16"));

        // When
        var one = Network.of(PORT, snapshot, Networks.KNOWN, SEED);
        var other = Network.of(PORT, snapshot, Networks.KNOWN, UUID.randomUUID());

        // Then
        assertThat(one.isServed()).isTrue();
        assertThat(one.siteId()).isEqualTo(new UUID(1, 1));
        assertThat(one.segmentId()).isEqualTo(other.segmentId()).isNotEqualTo(SEED);
    }

    @Test
    void shouldTakeTheSiteOfTheLongestPrefix() {
        // Given
        var snapshot = sites(site(1, SiteKind.BRANCH, "10.20.0.0/16"), site(2, SiteKind.VPN, "10.20.3.0/24"));

        // When
        var network = Network.of(PORT, snapshot, Networks.ANY, SEED);

        // Then
        assertThat(network.siteId()).isEqualTo(new UUID(1, 2));
        assertThat(network.silence())
                .hasValueSatisfying(reason -> assertThat(reason).contains("VPN"));
    }

    @Test
    void shouldNotGuessBetweenSitesWithTheSameNetwork() {
        // Given
        var snapshot = sites(site(1, SiteKind.BRANCH, "10.20.3.0/24"), site(2, SiteKind.BRANCH, "10.20.3.0/24"));

        // When
        var network = Network.of(PORT, snapshot, Networks.ANY, SEED);

        // Then
        assertThat(network.isServed()).isFalse();
        assertThat(network.silence())
                .hasValueSatisfying(reason -> assertThat(reason).contains("several sites"));
    }

    @Test
    void shouldServeAnUnknownNetworkOnlyWhenToldTo() {
        // Given
        var snapshot = sites(site(1, SiteKind.BRANCH, "192.168.0.0/24"));

        // Then
        assertThat(Network.of(PORT, snapshot, Networks.KNOWN, SEED).silence())
                .hasValueSatisfying(reason -> assertThat(reason).contains("10.20.3.0/24"));
        assertThat(Network.of(PORT, snapshot, Networks.ANY, SEED).isServed()).isTrue();
        assertThat(Network.of(PORT, snapshot, Networks.ANY, SEED).segmentId()).isEqualTo(SEED);
        assertThat(Network.of(PORT, PolicySnapshot.EMPTY, Networks.KNOWN, SEED).silence())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no site map yet"));
    }

    private static PolicySnapshot sites(SiteState... sites) {
        return PolicySnapshot.EMPTY.applyAll(
                Arrays.stream(sites).map(SiteChanged::new).toList());
    }

    private static SiteState site(int n, SiteKind kind, String network) {
        return new SiteState(new UUID(1, n), 1, "site" + n, kind, List.of(network), new WanLimits(0, 100));
    }
}
