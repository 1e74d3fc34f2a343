package org.pxemesh.content;

import static org.pxemesh.content.ManifestJson.require;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootSigning;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;

/** The part of a manifest that says how a Windows PE boots. */
final class WindowsBootJson {

    private static final String FIELD = "windows";

    private WindowsBootJson() {}

    static void write(WindowsBoot windows, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(FIELD);
        for (Map.Entry<String, @Nullable String> text : texts(windows).entrySet()) {
            if (text.getValue() != null) {
                json.writeStringField(text.getKey(), text.getValue());
            }
        }
        ManifestWriter.write("optional", windows.optional(), json);
        json.writeNumberField("peBuild", windows.peBuild());
        json.writeEndObject();
    }

    private static Map<String, @Nullable String> texts(WindowsBoot windows) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        texts.put("promptNbp", windows.promptNbp());
        texts.put("abortNbp", windows.abortNbp());
        texts.put("bootManager", windows.bootManager());
        texts.put("bootSdi", windows.bootSdi());
        texts.put("bootWim", windows.bootWim());
        texts.put("kitBcd", windows.kitBcd());
        texts.put("administratorBcd", windows.administratorBcd());
        texts.put("bcd", windows.bcd().name());
        texts.put("delivery", windows.delivery().name());
        texts.put("ipxe", windows.ipxe());
        texts.put("wimboot", windows.wimboot());
        texts.put("signedBy", windows.signedBy().name());
        return texts;
    }

    static WindowsBoot read(ManifestJson json, String where) throws IOException, ManifestException {
        Map<String, String> texts = new LinkedHashMap<>();
        var read = new Object() {
            List<String> optional = List.of();
            long peBuild;
        };
        json.objectField(where, field -> {
            String place = where + "." + field;
            switch (field) {
                case "promptNbp",
                        "abortNbp",
                        "bootManager",
                        "bootSdi",
                        "bootWim",
                        "kitBcd",
                        "administratorBcd",
                        "bcd",
                        "delivery",
                        "ipxe",
                        "wimboot",
                        "signedBy" -> texts.put(field, json.text(place));
                case "optional" -> read.optional = json.texts(place, BootPaths.MAX_TEXTS);
                case "peBuild" -> read.peBuild = json.number(place);
                default -> json.skip();
            }
        });
        String bootSdi = require(texts.get("bootSdi"), where + ".bootSdi");
        String bootWim = require(texts.get("bootWim"), where + ".bootWim");
        return ManifestReader.valid(
                where + ": ",
                () -> new WindowsBoot(
                        texts.get("promptNbp"),
                        texts.get("abortNbp"),
                        texts.get("bootManager"),
                        bootSdi,
                        bootWim,
                        texts.get("kitBcd"),
                        texts.get("administratorBcd"),
                        BcdSource.valueOf(texts.getOrDefault("bcd", BcdSource.GENERATED.name())),
                        read.optional,
                        WindowsDelivery.valueOf(texts.getOrDefault("delivery", WindowsDelivery.TFTP.name())),
                        texts.get("ipxe"),
                        texts.get("wimboot"),
                        BootSigning.valueOf(texts.getOrDefault("signedBy", BootSigning.UNKNOWN.name())),
                        Math.toIntExact(Math.clamp(read.peBuild, 0, Integer.MAX_VALUE))));
    }
}
