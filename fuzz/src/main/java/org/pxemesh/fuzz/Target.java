package org.pxemesh.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.pxemesh.lab.firmware.wire.Capture;
import org.pxemesh.netboot.pxe.Offered;

/**
 * What is fuzzed. A target takes bytes as a stranger sent them; whatever it throws is a finding. docs/fuzzing.md tells
 * which parser belongs to which.
 */
public enum Target implements Reading {
    /** A datagram at port 67: sieve, decoder, inspector with option 43, 77, 93, 97, every reply form. */
    DHCP(BootPackets::dhcp),
    /** A datagram at port 69 or at a transfer's port: codec, names, negotiation. */
    TFTP(BootPackets::tftp),
    /** The peers' "offered" message. */
    OFFERED(bytes -> Offered.decode(ByteBuffer.wrap(bytes))),
    /** A package's manifest, which comes over HTTP and from peers. */
    MANIFEST(HqWords::manifest),
    /** File names of manifests and imports. */
    FILE_PATH(HqWords::filePath),
    /** The messages of the mesh: among them every event's and record's way to the uplink and back. */
    MESH(PeerWords::mesh),
    /** Packets of one client, one after the other, and a transfer that they drive. */
    TFTP_SESSION(TransferDrive::of),
    /** A transfer as a neighbour tells of it. */
    HANDOVER(BootPackets::handover),
    /** What other boot and DHCP servers of a segment answer: options 43, 60, 66, 67, 150, 175, 252 of strangers. */
    WATCH(BootPackets::watch),
    /** A record of Kafka's or of a neighbour's: CloudEvents headers, an empty line, JSON of any event. */
    RECORD(HqWords::record),
    /** The request of an HTTP client: path, ranges and conditions, the token of a boot, another uplink's question. */
    HTTP(bytes -> HttpQuestion.of(Lines.of(bytes))),
    /** What an uplink of the same site answers. */
    SITE_WORD(PeerWords::siteWord),
    /** The signature beside a manifest. */
    SIGNATURE(HqWords::signature),
    /** A collection's rule and a site's network, which come over REST. */
    RULE(HqWords::rule),
    /** A Windows image of an import: its header, table of resources and description. */
    WIM(Imports::wim),
    /** An EFI program of an import. */
    EFI_PROGRAM(Imports::efiProgram),
    /** A list of revoked programs: lines of digests, or UEFI's signature lists. */
    REVOCATION_LIST(Imports::revocationList),
    /** A tar, zip or ISO image of an import: entries, names, links. */
    ARCHIVE(Imports::archive, Imports.ARCHIVE_BYTES),
    /** The listing of an ISO image. */
    ISO_LISTING(Imports::isoListing),
    /** Links of an archive, which lead to one another. */
    LINKS(Imports::links),
    /** Answer files inside of a boot image: XML and INI. */
    SECRETS(Imports::secrets),
    /** An unpacked tree: which boot files it has, kernels, EFI programs, boot images, loose answer files. */
    TREE(ImportedTree::of),
    /** The body of a REST request to policy-service or package-service. */
    REST(RestBodies::of),
    /** Which chunks a neighbour says that it has. */
    HOLDINGS(PeerWords::holdings),
    /** An agent's queue of events on disk, after a power cut. */
    JOURNAL(AgentFiles::journal),
    /** An agent's other files: snapshot, uplinks, firmware, identity, index of a stored file. */
    AGENT_FILE(AgentFiles::any),
    /** The firmware zoo at a server that answers whatever it likes. */
    ZOO(ZooDrive::of),
    /** A pcap file, out of which golden captures come. */
    PCAP(Target::pcap);

    private final Reading reading;
    private final long fixedBytes;

    Target(Reading reading) {
        this(reading, Cost.FIXED_BYTES);
    }

    Target(Reading reading, long fixedBytes) {
        this.reading = reading;
        this.fixedBytes = fixedBytes;
    }

    @Override
    public long fixedBytes() {
        return fixedBytes;
    }

    @Override
    public Object read(byte[] bytes) {
        return reading.read(bytes);
    }

    /** The captures' file and the corpus's folder. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object pcap(byte[] bytes) {
        try {
            StringBuilder text = new StringBuilder();
            for (var frame : Capture.read(ByteBuffer.wrap(bytes))) {
                text.append(frame.from()).append(':').append(frame.fromPort()).append(' ');
                text.append(new String(frame.payload(), StandardCharsets.ISO_8859_1))
                        .append(' ');
            }
            return text;
        } catch (IllegalArgumentException refused) {
            return "refused: " + refused.getMessage();
        }
    }
}
