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
        boolean well = isWell(target, bytes);
        System.out.println("as a capture in fuzz/src/main/resources/captures/" + target.label() + ".txt:");
        System.out.println("# found by Jazzer\n" + HexFormat.of().formatHex(bytes) + "\n= ?");
        if (!well) {
            System.exit(1);
        }
    }

    /** Whether a target reads an input within its bounds; says what it makes of it, or what it throws. */
    static boolean isWell(Target target, byte[] bytes) {
        String them = target + " makes of these " + bytes.length + " octets: ";
        try {
            System.out.println(them + Captures.result(target, bytes));
        } catch (RuntimeException | Error thrown) {
            System.out.println(them + "IT THROWS " + thrown);
            thrown.printStackTrace(System.out);
            return false;
        }
        Cost cost = Cost.least(target, bytes, TIMES);
        System.out.println(cost.bytes() + " bytes allocated, " + cost.nanos() / 1_000 + " us of processor time");
        Optional<String> excess = cost.excess(target, bytes.length);
        excess.ifPresent(much -> System.out.println("TOO MUCH: it made " + target + " " + much));
        return excess.isEmpty();
    }
}
