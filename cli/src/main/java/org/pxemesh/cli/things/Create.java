package org.pxemesh.cli.things;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pxemesh.cli.Leaf;
import org.pxemesh.cli.hq.Answer;
import picocli.CommandLine.Parameters;

/** Makes a thing; what may stand in it is HQ's to judge. */
abstract class Create extends Leaf {

    private final Kind kind;

    @Parameters(paramLabel = "NAME", description = "unique")
    private String name = "";

    Create(Kind kind) {
        this.kind = kind;
    }

    /** Adds what this kind has beside its name. */
    abstract void fill(ObjectNode body);

    @Override
    protected void run() {
        ObjectNode body = new ObjectMapper().createObjectNode().put("name", name);
        fill(body);
        Answer made = hq().post(kind.path(), body);
        done(
                afterwards(made).body(),
                kind.word() + " " + name + " is made, id "
                        + made.body().path("id").asText());
    }

    /** For kinds that are not done when they are made. */
    Answer afterwards(Answer made) {
        return made;
    }

    static void put(ObjectNode body, String member, @Nullable List<String> texts) {
        if (texts != null) {
            texts.forEach(body.putArray(member)::add);
        }
    }

    static void put(ObjectNode body, String member, @Nullable String text) {
        if (text != null) {
            body.put(member, text);
        }
    }

    /** Ids of things that may be given by name. */
    void putIds(ObjectNode body, String member, Kind of, @Nullable List<String> namesOrIds) {
        if (namesOrIds != null) {
            put(body, member, namesOrIds.stream().map(each -> of.id(hq(), each)).toList());
        }
    }

    /** HQ's enumerations are upper case; people need not shout. */
    static @Nullable String upper(@Nullable String word) {
        return word == null ? null : word.toUpperCase(Locale.ROOT);
    }
}
