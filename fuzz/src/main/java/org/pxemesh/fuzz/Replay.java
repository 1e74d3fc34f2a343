package org.pxemesh.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** Reads one input once more, without Jazzer, and says what became of it: for the inputs that Jazzer found. */
public final class Replay {

    private static final int TIMES = 5;

    private Replay() {}

    /** @param args the target's name and the input's file; ends with 1 when the input is a finding */
    public static void main(String[] args) throws IOException {
        Target target = Target.valueOf(args[0]);
        byte[] bytes = Files.readAllBytes(Path.of(args[1]));
        System.out.println(target + " makes of these " + bytes.length + " octets: " + Captures.result(target, bytes));
        Cost cost = Cost.least(target, bytes, TIMES);
        System.out.println(cost.bytes() + " bytes allocated, " + cost.nanos() / 1_000 + " us of processor time");
        Optional<String> excess = cost.excess(target, bytes.length);
        excess.ifPresent(much -> System.out.println("TOO MUCH: it made " + target + " " + much));
        System.out.println("as a capture in fuzz/src/main/resources/captures/" + target.label() + ".txt:");
        System.out.println("# found by Jazzer\n" + HexFormat.of().formatHex(bytes) + "\n= ?");
        if (excess.isPresent()) {
            System.exit(1);
        }
    }
}
