package org.pxemesh.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Records that stand in compacted topics since before a member was added. */
class OlderRecordsTest {

    @Test
    void shouldReadAPolicyWithoutTftpSizes() throws Exception {
        // Given
        String old = """
                {"policy":{"id":"018f0000-0000-7000-8000-000000000001","revision":1,"name":"p","enabled":true,
                "mode":"ANSWER","collections":[],"unknownComputers":"BOOT",
                "hold":{"kind":"DEPLOYED","packages":[],"holdersPerSegment":0}}}""";

        // When
        Event event = EventCodec.decode("org.pxemesh.policy.enabled.v1", old.getBytes(UTF_8));

        // Then
        PolicyState policy = ((PolicyEnabled) event).policy();
        assertThat(policy.tftpBlockSizeOrDefault()).isEqualTo(1456);
        assertThat(policy.tftpWindowSizeOrDefault()).isEqualTo(4);
    }

    @Test
    void shouldReadADeploymentWithoutAWordOnMenus() throws Exception {
        // Given
        String old = """
                {"deployment":{"id":"018f0000-0000-7000-8000-000000000001","revision":1,"name":"d","packageRef":"d@1",
                "collection":null,"unknownComputers":true,"kind":"AVAILABLE","arguments":[]}}""";

        // When
        Event event = EventCodec.decode("org.pxemesh.deployment.changed.v1", old.getBytes(UTF_8));

        // Then
        assertThat(((DeploymentChanged) event).deployment().allowsPxeMenu()).isFalse();
    }

    @Test
    void shouldReadAPackageWithoutWindows() throws Exception {
        // Given
        String old = """
                {"pkg":{"name":"d","version":"1","revision":1,"manifestSha256":"00","manifestUrl":"http://x/","bytes":1,
                "files":1,"boot":{"kind":"LINUX_NETBOOT","loaders":[{"architecture":"bios","nbp":"pxelinux.0",
                "next":[],"kernel":"linux","initrd":null,"arguments":[],"canPrompt":true}]},
                "builtAt":"2026-11-22T12:00:00Z"}}""";

        // When
        Event event = EventCodec.decode("org.pxemesh.package.built.v1", old.getBytes(UTF_8));

        // Then
        assertThat(((PackageBuilt) event).pkg().boot().loaders().getFirst().windows())
                .isNull();
    }
}
