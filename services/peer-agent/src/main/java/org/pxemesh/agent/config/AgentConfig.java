package org.pxemesh.agent.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The agent's settings. {@code docs/configuration.md} shows them all; nothing needs to be set in a branch. */
@ConfigMapping(prefix = "pxemesh")
public interface AgentConfig {
    Hq hq();

    Trust trust();

    /** Where the agent keeps its identity, the snapshot, events that wait, and content. Must be writable. */
    @WithDefault("/var/lib/pxemesh")
    Path stateDir();

    /**
     * Names of the interfaces to use, separated by commas; empty: all wired ones that are not virtual. Of several in one
     * network the first with a link is used.
     */
    Optional<List<String>> interfaces();

    /** Where to serve: {@code known} networks of HQ's site map, or {@code any} wired network (small shops). */
    @WithDefault("known")
    Networks networks();

    Http http();

    Tftp tftp();

    Local local();

    /** Which code speaks to the operating system: {@code linux}, {@code portable} (plain NIO), or {@code auto}. */
    @WithDefault("auto")
    HostKind host();

    Mesh mesh();

    Content content();

    Watch watch();

    Dhcp dhcp();

    Labels labels();

    /** How to reach HQ, when this peer is uplink. */
    interface Hq {
        /** Kafka's bootstrap servers, {@code host:port[,host:port...]}. Empty: this agent never becomes uplink. */
        Optional<String> kafka();

        /** The package service when it is not where the packages' records say, for example behind a proxy. */
        Optional<URI> content();
    }

    /** Which signatures to act on. */
    interface Trust {
        /** HQ's public Ed25519 keys: base64 of SubjectPublicKeyInfo, separated by commas; two while one is replaced. */
        Optional<String> keys();
    }

    /** The boot HTTP server, which peers and booted systems use too. */
    interface Http {
        /** TCP port on every served interface, 1 to 65535. */
        @WithDefault("8069")
        int port();
    }

    /** The TFTP server. */
    interface Tftp {
        /**
         * UDP ports that transfers run over: one for all, or a range of up to 64, for example {@code 7468-7499}; {@code 69}:
         * the very port where requests come in.
         */
        @WithDefault("7468")
        String ports();

        /** Whether {@code msftwindow} is granted to clients that ask for it: they name each window's size themselves. */
        @WithDefault("false")
        boolean clientWindow();

        /**
         * The longest block in octets, 512 to 63488, for clients that ask for so many and load in lock-step;
         * {@code 0}: what fits into one packet, since most firmware cannot join the fragments of longer ones.
         */
        @WithDefault("0")
        int largestBlock();
    }

    /** The local face: page, status, health and metrics, on loopback only. */
    interface Local {
        /** TCP port on 127.0.0.1, 1 to 65535. */
        @WithDefault("8068")
        int port();
    }

    /** How much of the disk content may have. */
    interface Content {
        /**
         * What stays free whatever is wanted, for example {@code 10G} or {@code 5%} of the disk; empty: 5 %, at least 2 GiB.
         */
        Optional<String> reserve();

        /** What content may have in all, for example {@code 40G} or {@code 20%} of the disk; empty: all but the reserve. */
        Optional<String> quota();

        /** Bytes a second that are read again to find what the disk lost, for example {@code 1M}; {@code 0}: none. */
        @WithDefault("128K")
        String scrubRate();
    }

    /** How boot clients' broadcasts are answered. */
    interface Dhcp {
        /**
         * Whether port 67 is listened to; false where a DHCP server runs on this host: only port 4011 answers then, and that
         * server sends option 60 to bring clients there.
         */
        @WithDefault("true")
        boolean listen();

        /** How long an offer waits, for ROMs that miss an instant one; {@code PT0.2S} or the like, at most 1 s. */
        @WithDefault("PT0S")
        Duration delay();
    }

    /** Looking at the segment as a boot client would. */
    interface Watch {
        /** How often to look for other boot servers and misleading DHCP servers, {@code PT1H} or the like; 0: never. */
        @WithDefault("PT1H")
        Duration every();

        /** When to look first after the start of serving. */
        @WithDefault("PT15S")
        Duration first();
    }

    /** The segment's membership. */
    interface Mesh {
        /** Multicast group of the mesh, TTL 1. */
        @WithDefault("239.255.80.70")
        String group();

        /** UDP port of the multicast group, 1 to 65535. */
        @WithDefault("7466")
        int groupPort();

        /** UDP port of the members' own sockets, 1 to 65535. */
        @WithDefault("7467")
        int bindPort();

        /** How much this peer can serve, 0 (weak) to 3 (strong); empty: judged by link and power. */
        Optional<Integer> weight();
    }

    /** Labels that the administrator adds to the ones that the agent finds out. */
    interface Labels {
        /** {@code name=value} pairs, separated by commas. */
        @WithName("extra")
        Optional<List<String>> extra();
    }

    /** See {@link AgentConfig#networks}. */
    enum Networks {
        KNOWN,
        ANY
    }

    /** See {@link AgentConfig#host}. */
    enum HostKind {
        AUTO,
        LINUX,
        PORTABLE
    }
}
