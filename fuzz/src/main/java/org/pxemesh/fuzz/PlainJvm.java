package org.pxemesh.fuzz;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A Java without Jazzer, asked what an input costs: Jazzer's own work on each comparison and each branch counts as the
 * parser's where Jazzer runs. It lives as long as the fuzzer and is asked rarely.
 */
final class PlainJvm {

    private static final int TIMES = 5;
    private static final String HEAP = "-Xmx256m";

    private final DataOutputStream to;
    private final DataInputStream from;

    PlainJvm() throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainJvm.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        to = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        from = new DataInputStream(process.getInputStream());
    }

    /**
     * Weighs an input.
     *
     * @throws IllegalStateException when reading it ended that Java, as an input does that fills its memory
     */
    Cost weigh(String target, byte[] bytes) {
        try {
            to.writeUTF(target);
            to.writeInt(bytes.length);
            to.write(bytes);
            to.flush();
            return new Cost(from.readLong(), from.readLong());
        } catch (EOFException e) {
            throw new IllegalStateException(
                    bytes.length + " bytes of input ended a Java with " + HEAP + " that read them as " + target, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the Java without Jazzer cannot be reached", e);
        }
    }

    /** The other side: questions on the standard input, answers on the standard output, until the asker is gone. */
    public static void main(String[] args) throws IOException {
        DataOutputStream answers = new DataOutputStream(System.out);
        System.setOut(new PrintStream(System.err, true));
        DataInputStream questions = new DataInputStream(System.in);
        while (true) {
            String target;
            try {
                target = questions.readUTF();
            } catch (EOFException over) {
                return;
            }
            byte[] bytes = questions.readNBytes(questions.readInt());
            Cost cost = Cost.least(Reading.named(target), bytes, TIMES);
            answers.writeLong(cost.bytes());
            answers.writeLong(cost.nanos());
            answers.flush();
        }
    }
}
