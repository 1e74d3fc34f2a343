package org.pxemesh.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.uplinks.SiteWord;
import org.pxemesh.content.FilePaths;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.ManifestSignature;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.PxeSieve;
import org.pxemesh.netboot.learn.Fingerprint;
import org.pxemesh.netboot.pxe.ClientInspector;
import org.pxemesh.netboot.pxe.Inspection;
import org.pxemesh.netboot.pxe.Offered;
import org.pxemesh.netboot.pxe.ReplyContent;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.netboot.pxe.WindowsPeStarted;
import org.pxemesh.netboot.tftp.Agreement;
import org.pxemesh.netboot.tftp.Handover;
import org.pxemesh.netboot.tftp.HandoverCodec;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpNames;
import org.pxemesh.netboot.tftp.TftpPacket;
import org.pxemesh.netboot.tftp.TftpSession;
import org.pxemesh.netboot.tftp.TransferLimits;
import org.pxemesh.netboot.watch.SegmentJudge;
import org.pxemesh.netboot.watch.Survey;
import org.pxemesh.packageservice.recognition.EfiProgram;
import org.pxemesh.packageservice.wim.WimHeader;
import org.pxemesh.policy.Cidr;
import org.pxemesh.policy.rule.RuleParser;
import org.pxemesh.policy.rule.RuleSyntaxException;

/** What is fuzzed. A target takes bytes as a stranger sent them; whatever it throws is a finding. */
public enum Target {
    /** A datagram at port 67: sieve, decoder, inspector with option 43, 77, 93, 97, every reply form. */
    DHCP {
        @Override
        Object read(byte[] bytes) {
            boolean passed = SIEVE.looksLikePxe(ByteBuffer.wrap(bytes));
            if (!(DhcpCodec.decode(ByteBuffer.wrap(bytes)) instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet))) {
                return "malformed";
            }
            byte[] again = DhcpCodec.encode(packet);
            if (!DhcpCodec.decode(ByteBuffer.wrap(again)).equals(Decoded.ok(packet))) {
                throw new IllegalStateException("decode, encode, decode gave another packet");
            }
            Object answer =
                    List.of(67, 4011).stream().map(port -> answer(packet, port)).toList();
            // As the program does: of boot clients alone, whose hardware address was looked at.
            boolean unknown = INSPECTOR.inspect(packet, 67) instanceof Inspection.Client
                    && !Fingerprint.isId(Fingerprint.of(packet).id());
            String learned = unknown ? " fingerprint without an id" : "";
            String started = WindowsPeStarted.in(packet).map(Object::toString).orElse("");
            return "sieve=" + passed + " " + packet + " " + answer + learned + started;
        }
    },
    /** A datagram at port 69 or at a transfer's port: codec, names, negotiation. */
    TFTP {
        @Override
        Object read(byte[] bytes) {
            Decoded<TftpPacket> decoded = TftpCodec.decode(ByteBuffer.wrap(bytes));
            if (decoded instanceof Decoded.Ok<TftpPacket>(TftpPacket.ReadRequest request)) {
                Agreement agreement = Agreement.negotiate(request.options(), 5_000_000_000L, TransferLimits.ethernet());
                TftpSession.Step step = TftpSession.begin(agreement, 5_000_000_000L, 0);
                return request + " " + TftpNames.normalise(request.fileName()) + " " + agreement + " " + step.effect();
            }
            return decoded;
        }
    },
    /** The peers' "offered" message. */
    OFFERED {
        @Override
        Object read(byte[] bytes) {
            return Offered.decode(ByteBuffer.wrap(bytes));
        }
    },
    /** A package's manifest, which comes over HTTP and from peers. */
    MANIFEST {
        @Override
        Object read(byte[] bytes) {
            try {
                return Manifest.parse(bytes);
            } catch (ManifestException refused) {
                return "refused: " + refused.getMessage();
            }
        }
    },
    /** File names of manifests and imports. */
    FILE_PATH {
        @Override
        Object read(byte[] bytes) {
            String path = new String(bytes, StandardCharsets.UTF_8);
            return FilePaths.problem(path) + FilePaths.fold(path);
        }
    },
    /** The messages of the mesh: among them every event's and record's way to the uplink and back. */
    MESH {
        @Override
        Object read(byte[] bytes) {
            return MeshCodec.decode(bytes);
        }
    },
    /** Packets of one client, one after the other, and a transfer that they drive. */
    TFTP_SESSION {
        @Override
        Object read(byte[] bytes) {
            return TransferDrive.of(bytes);
        }
    },
    /** A transfer as a neighbour tells of it. */
    HANDOVER {
        @Override
        Object read(byte[] bytes) {
            Decoded<Handover> decoded = HandoverCodec.decode(bytes);
            if (decoded instanceof Decoded.Ok<Handover>(Handover told)) {
                boolean allowed = TransferLimits.ethernet().allow(told.agreement());
                return told + " allowed=" + allowed + " " + told.resume(0).phase();
            }
            return decoded;
        }
    },
    /** What other boot and DHCP servers of a segment answer: options 43, 60, 66, 67, 150, 175, 252 of strangers. */
    WATCH {
        @Override
        Object read(byte[] bytes) {
            if (!(DhcpCodec.decode(ByteBuffer.wrap(bytes)) instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet))) {
                return "malformed";
            }
            Survey survey = new Survey(
                    List.of(new Survey.Seen(new Ipv4Address(0xc0000209), packet)), Set.of(), Set.of(), true, Map.of());
            return SegmentJudge.judge(survey) + " ask=" + survey.toAsk();
        }
    },
    /** A record of Kafka's or of a neighbour's: CloudEvents headers, an empty line, JSON of any event. */
    RECORD {
        @Override
        Object read(byte[] bytes) {
            try {
                return Lines.of(bytes).envelope().event();
            } catch (MalformedEventException refused) {
                return "refused: " + refused.getMessage();
            }
        }
    },
    /** The request of an HTTP client: path, ranges and conditions, the token of a boot, another uplink's question. */
    HTTP {
        @Override
        Object read(byte[] bytes) {
            return HttpQuestion.of(Lines.of(bytes));
        }
    },
    /** What an uplink of the same site answers. */
    SITE_WORD {
        @Override
        Object read(byte[] bytes) {
            return SiteWord.read(bytes);
        }
    },
    /** The signature beside a manifest. */
    SIGNATURE {
        @Override
        Object read(byte[] bytes) {
            try {
                return ManifestSignature.parse(new String(bytes, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException refused) {
                return "refused: " + refused.getMessage();
            }
        }
    },
    /** A collection's rule and a site's network, which come over REST. */
    RULE {
        @Override
        Object read(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            try {
                return RuleParser.parse(text);
            } catch (RuleSyntaxException refused) {
                return "refused: " + refused.getMessage() + " " + network(text);
            }
        }
    },
    /** A Windows image of an import: its header, table of resources and description. */
    WIM {
        @Override
        Object read(byte[] bytes) {
            return ImportedFile.with(bytes, file -> {
                WimHeader header = WimHeader.read(file, "boot.wim");
                return "images=" + header.images() + " boot=" + header.bootImage() + " xml=" + header.xml().length
                        + " lzms=" + header.lzms();
            });
        }
    },
    /** An EFI program of an import. */
    EFI_PROGRAM {
        @Override
        Object read(byte[] bytes) {
            return ImportedFile.with(bytes, EfiProgram::read);
        }
    };

    private static final PxeSieve SIEVE = new PxeSieve(ClientInspector.STANDARD_VENDOR_IDS);
    private static final ClientInspector INSPECTOR = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    /** Reads the bytes as the program would; the result's text is what golden captures are compared with. */
    abstract Object read(byte[] bytes);

    /** The captures' file and the corpus's folder. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object network(String text) {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException refused) {
            return "no network";
        }
    }

    private static Object answer(DhcpPacket packet, int port) {
        return switch (INSPECTOR.inspect(packet, port)) {
            case Inspection.NotOurs(var reasons) -> reasons.stream().sorted().toList();
            case Inspection.Client(var facts) -> {
                String name = facts.httpClient() ? "http://192.0.2.1/x.efi" : "x.efi";
                ReplyContent content = ReplyContent.of(new Ipv4Address(0xc0000201), name);
                yield ReplyForms.inOrder(facts).stream()
                        .map(form -> facts.isDiscover()
                                ? form.offer(packet, facts, content)
                                : form.acknowledge(packet, facts, content))
                        .map(reply -> Arrays.hashCode(DhcpCodec.encode(reply)))
                        .toList();
            }
        };
    }
}
