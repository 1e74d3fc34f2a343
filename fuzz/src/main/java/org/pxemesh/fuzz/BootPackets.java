package org.pxemesh.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.PxeSieve;
import org.pxemesh.netboot.learn.Fingerprint;
import org.pxemesh.netboot.pxe.ClientInspector;
import org.pxemesh.netboot.pxe.Inspection;
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

/** What boot clients, other boot servers and neighbours send as datagrams. */
final class BootPackets {

    private static final PxeSieve SIEVE = new PxeSieve(ClientInspector.STANDARD_VENDOR_IDS);
    private static final ClientInspector INSPECTOR = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    private BootPackets() {}

    static Object dhcp(byte[] bytes) {
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

    static Object tftp(byte[] bytes) {
        Decoded<TftpPacket> decoded = TftpCodec.decode(ByteBuffer.wrap(bytes));
        if (decoded instanceof Decoded.Ok<TftpPacket>(TftpPacket.ReadRequest request)) {
            Agreement agreement = Agreement.negotiate(request.options(), 5_000_000_000L, TransferLimits.ethernet());
            TftpSession.Step step = TftpSession.begin(agreement, 5_000_000_000L, 0);
            return request + " " + TftpNames.normalise(request.fileName()) + " " + agreement + " " + step.effect();
        }
        return decoded;
    }

    static Object handover(byte[] bytes) {
        Decoded<Handover> decoded = HandoverCodec.decode(bytes);
        if (decoded instanceof Decoded.Ok<Handover>(Handover told)) {
            boolean allowed = TransferLimits.ethernet().allow(told.agreement());
            return told + " allowed=" + allowed + " " + told.resume(0).phase();
        }
        return decoded;
    }

    static Object watch(byte[] bytes) {
        if (!(DhcpCodec.decode(ByteBuffer.wrap(bytes)) instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet))) {
            return "malformed";
        }
        Survey survey = new Survey(
                List.of(new Survey.Seen(new Ipv4Address(0xc0000209), packet)), Set.of(), Set.of(), true, Map.of());
        return SegmentJudge.judge(survey) + " ask=" + survey.toAsk();
    }
}
