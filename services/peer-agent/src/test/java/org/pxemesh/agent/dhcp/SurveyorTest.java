package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.watch.SegmentWatch;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.watch.Finding;
import org.pxemesh.netboot.watch.Trouble;

class SurveyorTest {
    private static final Ipv4Address NEIGHBOUR = Ipv4Address.parse("192.0.2.12");
    private static final Ipv4Address STRANGER = Ipv4Address.parse("192.0.2.66");
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration UNTIL_JUDGED = Duration.ofSeconds(8);

    @TempDir
    private Path tree;

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final FakeSocket dhcp = new FakeSocket();
    private DeskFixture fixture;
    private Surveyor surveyor;

    @BeforeEach
    void start() throws IOException {
        fixture = DeskFixture.over(tree, new byte[10], "192.0.2.11", "192.0.2.11", "192.0.2.12");
        clock.freezeTime();
        surveyor = new Surveyor(fixture.desk().segment(), clock.eventLoop());
        surveyor.start(dhcp, new FakeSocket(), FIRST, Duration.ofMinutes(5));
        clock.runPendingTasks();
        pass(FIRST);
    }

    @Test
    void shouldTellAStrangerFromANeighbour() {
        // When
        offersProxy(NEIGHBOUR);
        offersProxy(STRANGER);
        pass(UNTIL_JUDGED);

        // Then
        assertThat(watch().findings())
                .extracting(Finding::trouble)
                .contains(Trouble.FOREIGN_PROXY)
                .doesNotContain(Trouble.NO_PEER);
        assertThat(watch().findings()).allMatch(finding -> finding.toString().contains(STRANGER.toString()));
    }

    @Test
    void shouldNotJudgeItsNeighboursWhileItIsMute() {
        // Given
        offersProxy(NEIGHBOUR);

        // When it was away for a moment, and does not rank anybody
        fixture.isMute();
        pass(UNTIL_JUDGED);

        // Then
        assertThat(watch().look()).isEmpty();
    }

    private SegmentWatch watch() {
        return fixture.desk().segment().watch();
    }

    private void pass(Duration time) {
        // In steps: what is due in between may ask for more.
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advanceTimeBy(1, TimeUnit.SECONDS);
            clock.runScheduledPendingTasks();
        }
    }

    private void offersProxy(Ipv4Address server) {
        DhcpPacket question = FakeSocket.packet(dhcp.out.element());
        surveyor.replied(
                new DhcpPacket(
                        DhcpPacket.BOOTREPLY,
                        1,
                        6,
                        0,
                        question.xid(),
                        0,
                        0,
                        Ipv4Address.NONE,
                        Ipv4Address.NONE,
                        server,
                        Ipv4Address.NONE,
                        question.chaddr(),
                        new byte[DhcpPacket.SNAME_LENGTH],
                        new byte[DhcpPacket.FILE_LENGTH],
                        DhcpOptions.builder()
                                .put(MessageType.OFFER)
                                .put(OptionCode.VENDOR_CLASS, "PXEClient")
                                .put(OptionCode.SERVER_ID, server)
                                .build()),
                server);
    }
}
