package org.pxemesh.packageservice.build;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BcdSource;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.packageservice.recognition.ImportOptions;
import org.pxemesh.packageservice.recognition.Recogniser;
import org.pxemesh.packageservice.recognition.windows.WindowsPe;

/** Judges what a request says beside its source. */
public final class OptionChecks {

    private static final int MAX_WORDS = 64;
    private static final int MAX_WORD = 1024;
    private static final Set<String> ARCHITECTURES = new TreeSet<>(Set.of("amd64", "x86", "arm64"));
    private static final byte[] HIVE = {'r', 'e', 'g', 'f'};

    private final List<Problem.FieldError> errors;

    public OptionChecks(List<Problem.FieldError> errors) {
        this.errors = errors;
    }

    /** What is wrong goes to the errors. */
    public ImportOptions options(ImportRequest request, byte @Nullable [] biosBcd, byte @Nullable [] uefiBcd) {
        return new ImportOptions(
                one("kind", request.kind(), ImportOptions.AUTO, Recogniser.KINDS),
                words(request.arguments()),
                text("kernel", request.kernel()),
                text("initrd", request.initrd()),
                some("architectures", request.architectures(), ARCHITECTURES),
                ImportOptions.SignedBy.valueOf(
                        upper(one("signedBy", request.signedBy(), "auto", Set.of("auto", "ca2011", "ca2023")))),
                ImportOptions.Delivery.valueOf(
                        upper(one("delivery", request.delivery(), "auto", Set.of("auto", "tftp", "wimboot")))),
                BcdSource.valueOf(upper(one("bcd", request.bcd(), "generated", Set.of("generated", "kit")))),
                store("biosBcd", biosBcd),
                store("uefiBcd", uefiBcd),
                some("without", request.without(), new TreeSet<>(WindowsPe.DISPENSABLE)));
    }

    private String one(String field, @Nullable String sent, String otherwise, Set<String> allowed) {
        if (sent == null || sent.isBlank()) {
            return otherwise;
        }
        if (!allowed.contains(sent)) {
            errors.add(new Problem.FieldError(field, "must be one of " + String.join(", ", new TreeSet<>(allowed))));
            return otherwise;
        }
        return sent;
    }

    private List<String> some(String field, @Nullable List<String> sent, Set<String> allowed) {
        List<String> words = sent == null ? List.of() : sent;
        if (!words.stream().allMatch(word -> word != null && allowed.contains(word))
                || words.stream().distinct().count() != words.size()) {
            errors.add(new Problem.FieldError(field, "must be some of " + String.join(", ", allowed) + ", each once"));
            return List.of();
        }
        return List.copyOf(words);
    }

    private List<String> words(@Nullable List<String> sent) {
        List<String> words = sent == null ? List.of() : sent;
        boolean fine = words.size() <= MAX_WORDS
                && words.stream()
                        .allMatch(word -> word != null && word.length() <= MAX_WORD && word.matches("[\\x21-\\x7e]+"));
        if (!fine) {
            errors.add(new Problem.FieldError(
                    "arguments",
                    "must be at most " + MAX_WORDS + " words of printable ASCII, each of at most " + MAX_WORD));
            return List.of();
        }
        return List.copyOf(words);
    }

    private Optional<String> text(String field, @Nullable String sent) {
        if (sent == null || sent.isBlank()) {
            return Optional.empty();
        }
        if (sent.length() > MAX_WORD || sent.chars().anyMatch(c -> c < ' ')) {
            errors.add(new Problem.FieldError(field, "must be a path in the source"));
            return Optional.empty();
        }
        return Optional.of(sent);
    }

    /** BCD stores are registry hives. */
    private byte @Nullable [] store(String field, byte @Nullable [] bytes) {
        if (bytes != null && (bytes.length < 4096 || !java.util.Arrays.equals(HIVE, 0, 4, bytes, 0, 4))) {
            errors.add(new Problem.FieldError(field, "must be a BCD store: a file that begins with \"regf\""));
            return null;
        }
        return bytes;
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
