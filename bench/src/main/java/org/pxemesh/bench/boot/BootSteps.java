package org.pxemesh.bench.boot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.firmware.wire.Frame;
import org.pxemesh.lab.firmware.wire.WireStory;
import org.pxemesh.zoo.wire.DhcpMessage;

/**
 * One boot as its machine's network cable saw it.
 *
 * @param seconds from the first DISCOVER to the system's first line
 * @param steps the same in parts
 * @param questions how often the machine asked for an offer, a boot server's answer or a file
 * @param answerSeconds how long it waited for the first packets of the answers, all together
 */
record BootSteps(double seconds, Map<Step, Double> steps, int questions, double answerSeconds) {

    private static final int BOOT_SERVER_PORT = 4011;

    /** All but what the machine does when it has everything. */
    double secondsToLastByte() {
        return seconds - steps.getOrDefault(Step.START, 0.0);
    }

    /**
     * Reads the story.
     *
     * @param frames of a capture that has the ends of files
     * @param firstLine when the system's first line came, in seconds since 1970
     * @throws LabException when the machine never asked by DHCP
     */
    static BootSteps of(List<Frame> frames, String mac, double firstLine) {
        List<Frame> dhcp = WireStory.dhcp(frames, mac);
        if (dhcp.isEmpty()) {
            throw new LabException(mac + " booted without a DISCOVER");
        }
        double began = dhcp.getFirst().second();
        List<Frame> boot = frames.stream()
                .filter(f -> f.second() >= began && f.second() <= firstLine)
                .filter(f -> f.tcp()
                        || dhcp.contains(f)
                        || DhcpMessage.read(f.payload()).isEmpty())
                .toList();
        Map<Step, Double> steps = new EnumMap<>(Step.class);
        Step present = Step.OFFERS;
        double since = began;
        for (Frame frame : boot) {
            Step next = Step.of(frame, present);
            if (next.compareTo(present) > 0) {
                steps.put(present, frame.second() - since);
                since = frame.second();
                present = next;
            }
        }
        double lastByte = lastByte(boot, since);
        steps.put(present, lastByte - since);
        steps.put(Step.START, firstLine - lastByte);
        return answers(boot, firstLine - began, steps);
    }

    /** The last file's end as it came first: a machine that starts its kernel acknowledges nothing, and hears it again. */
    private static double lastByte(List<Frame> boot, double since) {
        List<Frame> data = boot.stream()
                .filter(f -> f.second() > since && (f.tcp() ? f.payload().length > 0 : isTftpData(f)))
                .toList();
        return data.stream()
                .filter(f -> Arrays.equals(f.payload(), data.getLast().payload()))
                .findFirst()
                .map(Frame::second)
                .orElse(since);
    }

    private static boolean isTftpData(Frame frame) {
        byte[] payload = frame.payload();
        return payload.length >= 4 && payload[0] == 0 && payload[1] == 3;
    }

    private static BootSteps answers(List<Frame> boot, double seconds, Map<Step, Double> steps) {
        int questions = 0;
        double waited = 0;
        for (int i = 0; i < boot.size(); i++) {
            Frame question = boot.get(i);
            if (!isQuestion(question)) {
                continue;
            }
            questions++;
            waited += boot.subList(i, boot.size()).stream()
                    .filter(f -> answers(f, question))
                    .mapToDouble(f -> f.second() - question.second())
                    .findFirst()
                    .orElse(0);
        }
        return new BootSteps(seconds, steps, questions, waited);
    }

    /** What a boot server has to answer: no REQUEST to the DHCP server. */
    private static boolean isQuestion(Frame frame) {
        return !WireStory.asked(frame).isEmpty()
                || DhcpMessage.read(frame.payload())
                        .filter(m -> !frame.tcp() && m.op() == 1)
                        .filter(m -> m.type() == 1 || frame.toPort() == BOOT_SERVER_PORT)
                        .isPresent();
    }

    private static boolean answers(Frame frame, Frame question) {
        if (question.tcp()) {
            return frame.tcp()
                    && frame.toPort() == question.fromPort()
                    && new String(frame.payload(), StandardCharsets.ISO_8859_1).startsWith("HTTP/");
        }
        if (frame.tcp() || frame.from().equals(question.from())) {
            return false;
        }
        return WireStory.asked(question).isEmpty()
                ? DhcpMessage.read(frame.payload())
                        .filter(m -> m.op() == 2 && m.text(60).isPresent())
                        .isPresent()
                : frame.toPort() == question.fromPort();
    }
}
