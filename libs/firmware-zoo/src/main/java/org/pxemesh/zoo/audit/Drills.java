package org.pxemesh.zoo.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.pxemesh.zoo.tftp.Errand;
import org.pxemesh.zoo.tftp.Fetch;
import org.pxemesh.zoo.tftp.FetchStage.End;
import org.pxemesh.zoo.tftp.FetchStage.Over;
import org.pxemesh.zoo.tftp.Manners;
import org.pxemesh.zoo.tftp.Mischief;

/** TFTP drills with one file that the server is known to have. */
public final class Drills {

    private static final Manners OURS = new Manners(1456, 0, Manners.Size.FIRST, 1000, 6, Map.of());

    private final String name;
    private final long bytes;
    private final long digest;
    private final List<Drill> drills = new ArrayList<>();

    private Drills(String name, long bytes, long digest) {
        this.name = name;
        this.bytes = bytes;
        this.digest = digest;
    }

    /** @param known a transfer of the file that went well: what all others are compared with */
    public static List<Drill> with(Fetch known) {
        Drills all = new Drills(
                known.errand().name(), known.tally().bytes(), known.tally().digest());
        all.sizes();
        all.losses();
        all.ports();
        all.names();
        all.options();
        all.refusals();
        return all.drills;
    }

    private void sizes() {
        whole("RFC1350", "no options", Errand.get(name, Manners.PLAIN));
        for (int blocks : new int[] {512, 1024, 1432, 1468}) {
            whole("Q84", "blksize " + blocks, Errand.get(name, OURS.blocks(blocks)));
        }
        add(
                "Q83",
                "blksize 8192 is granted without IP fragments",
                Errand.get(name, OURS.blocks(8192)),
                (f, end) -> complete(f, end)
                        && Integer.parseInt(f.tally().granted().getOrDefault("blksize", "512")) <= 1468);
        for (int window : new int[] {1, 4, 16}) {
            whole("Q84", "windowsize " + window, Errand.get(name, OURS.window(window)));
        }
        if (bytes / 8 > 70_000 && bytes < 4_000_000) {
            whole(
                    "Q88",
                    "block numbers wrap to 0",
                    Errand.get(name, OURS.blocks(8).window(32)));
        } else {
            drills.add(new Drill(
                    "Q88",
                    "block numbers wrap to 0",
                    Errand.get(name, OURS),
                    f -> Finding.notApplicable(
                            "Q88", "block numbers wrap to 0", "needs a file of 0.6 to 4 MB; give one by --file")));
        }
    }

    /** One lost block may cost a window again, and a little. */
    private void losses() {
        Errand windowed = Errand.get(name, OURS.window(8));
        for (long block : new long[] {1, 3, 8}) {
            add(
                    "Q86",
                    "block " + block + " of a window of 8 lost",
                    windowed.with(Mischief.losing(block)),
                    (f, end) -> complete(f, end) && f.tally().packets() <= blocks(f) + 10);
        }
        add(
                "Q86",
                "a block lost in lock-step",
                Errand.get(name, OURS).with(Mischief.losing(2)),
                (f, end) -> complete(f, end) && f.tally().packets() <= blocks(f) + 2);
        Mischief echo = new Mischief(Set.of(), false, false, 2, 0);
        add(
                "Q87",
                "every ACK sent twice does not double the data",
                Errand.get(name, OURS).with(echo),
                (f, end) -> complete(f, end) && f.tally().packets() <= blocks(f) + 2);
    }

    private void ports() {
        Mischief twice = new Mischief(Set.of(), true, false, 1, 0);
        add(
                "Q90",
                "a repeated request opens no second stream",
                Errand.get(name, OURS).with(twice),
                (f, end) -> complete(f, end) && f.tally().packets() <= blocks(f) + 2);
        Mischief intruder = new Mischief(Set.of(), false, true, 1, 0);
        add(
                "Q80",
                "a stranger's ACK gets ERROR 5 and harms nobody",
                Errand.get(name, OURS).with(intruder),
                (f, end) -> complete(f, end) && (blocks(f) < 8 || f.tally().intruderError() == 5));
    }

    private void names() {
        whole("Q91", "backslashes", Errand.get("\\" + name.replace('/', '\\'), OURS));
        whole("Q91", "other case", Errand.get(name.toUpperCase(Locale.ROOT), OURS));
        whole("Q91", "leading slashes", Errand.get("//" + name, OURS));
        whole("Q91", "0xff behind the name", Errand.get(name + "\u00ff", OURS));
        refused("Q91", "a name that leaves the tree", Errand.get("../../etc/passwd", OURS));
        refused("Q92", "an unknown name", Errand.get("revocations.efi", Manners.SHIM));
    }

    private void options() {
        whole("Q94", "options in capitals", Errand.get(name, Manners.PLAIN.also(Map.of("BLKSIZE", "1024"))));
        whole("Q94", "an unknown option", Errand.get(name, OURS.also(Map.of("x-zoo", "1"))));
        whole("Q94", "blksize 0", Errand.get(name, Manners.PLAIN.also(Map.of("blksize", "0"))));
        whole("Q94", "blksize 70000", Errand.get(name, Manners.PLAIN.also(Map.of("blksize", "70000"))));
        whole("Q94", "windowsize 65535", Errand.get(name, OURS.window(65535)));
        add(
                "Q85",
                "msftwindow is not echoed, or answered 27182",
                Errand.get(name, OURS.also(Map.of("msftwindow", "31416"))),
                (f, end) -> {
                    String echo = f.tally().granted().get("msftwindow");
                    return complete(f, end) && (echo == null || echo.equals("27182"));
                });
        whole(
                "Q85",
                "ACKs of five octets",
                Errand.get(name, OURS.window(4)).with(new Mischief(Set.of(), false, false, 1, 1)));
        whole("Q82", "a whole file after a probe", Errand.get(name, Manners.EDK2));
    }

    private void refusals() {
        add(
                "Q95",
                "netascii is served or refused",
                Errand.get(name, Manners.PLAIN).inMode("netascii"),
                (f, end) -> end.end() == End.COMPLETE || end.end() == End.REFUSED);
    }

    private void whole(String fact, String about, Errand errand) {
        add(fact, about, errand, this::complete);
    }

    private void refused(String fact, String about, Errand errand) {
        add(
                fact,
                about,
                errand,
                (f, end) -> end.end() == End.REFUSED && f.tally().firstReplyMillis() <= TransferAudit.AT_ONCE_MILLIS);
    }

    private boolean complete(Fetch fetch, Over end) {
        return end.end() == End.COMPLETE
                && fetch.tally().bytes() == bytes
                && fetch.tally().digest() == digest;
    }

    private long blocks(Fetch fetch) {
        return bytes / Integer.parseInt(fetch.tally().granted().getOrDefault("blksize", "512")) + 1;
    }

    private void add(String fact, String about, Errand errand, BiPredicate<Fetch, Over> holds) {
        String check = "TFTP: " + about;
        drills.add(new Drill(fact, about, errand, f -> {
            Over end = f.end().orElse(new Over(End.GAVE_UP, "unfinished"));
            String expected = "the file's " + bytes + " bytes by the statement";
            String seen = end.end() + " " + end.detail() + ", " + f.tally().packets() + " DATA, OACK "
                    + f.tally().granted() + ", first answer after " + f.tally().firstReplyMillis() + " ms"
                    + (f.errand().mischief().intrudes()
                            ? ", stranger got " + f.tally().intruderError()
                            : "");
            return Finding.of(fact, check, holds.test(f, end), expected, seen);
        }));
    }
}
