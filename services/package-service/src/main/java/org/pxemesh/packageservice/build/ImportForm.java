package org.pxemesh.packageservice.build;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** An upload with what {@link ImportRequest} says; lists are words with spaces between them. */
@Schema(
        description =
                "archive (tar, tar.gz, zip, ISO, WIM or one boot program), and the members of ImportRequest as text")
public class ImportForm {

    @RestForm
    @Nullable
    String name;

    @RestForm
    @Nullable
    String version;

    @RestForm
    @Nullable
    String kind;

    @RestForm
    @Nullable
    String arguments;

    @RestForm
    @Nullable
    String kernel;

    @RestForm
    @Nullable
    String initrd;

    @RestForm
    @Nullable
    String architectures;

    @RestForm
    @Nullable
    String signedBy;

    @RestForm
    @Nullable
    String delivery;

    @RestForm
    @Nullable
    String bcd;

    @RestForm
    @Nullable
    String without;

    @RestForm
    @Nullable
    String acceptSecrets;

    @RestForm
    @Nullable
    FileUpload archive;

    @RestForm
    @Nullable
    FileUpload biosBcd;

    @RestForm
    @Nullable
    FileUpload uefiBcd;

    ImportRequest request() {
        return new ImportRequest(
                name,
                version,
                kind,
                null,
                words(arguments),
                kernel,
                initrd,
                words(architectures),
                signedBy,
                delivery,
                bcd,
                null,
                null,
                words(without),
                acceptSecrets == null
                        ? null
                        : acceptSecrets.toLowerCase(Locale.ROOT).equals("true"));
    }

    private static @Nullable List<String> words(@Nullable String text) {
        return text == null
                ? null
                : Stream.of(text.strip().split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }
}
