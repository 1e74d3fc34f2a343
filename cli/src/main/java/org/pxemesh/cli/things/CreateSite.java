package org.pxemesh.cli.things;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Make a site.")
final class CreateSite extends Create {

    @Option(names = "--network", paramLabel = "CIDR", description = "for example 10.20.0.0/16; may be repeated")
    private @Nullable List<String> networks;

    @Option(names = "--kind", paramLabel = "KIND", description = "branch (default), wifi, vpn or never")
    private @Nullable String kind;

    @Option(names = "--wan-kbit", paramLabel = "N", defaultValue = "0", description = "limit of transfers, 0 for none")
    private int kbitPerSecond;

    @Option(
            names = "--wan-percent",
            paramLabel = "N",
            defaultValue = "100",
            description = "share of the link that transfers may use")
    private int percentOfLink;

    @Option(
            names = "--wan-link-kbit",
            paramLabel = "N",
            defaultValue = "0",
            description = "the link's rate that percentages are of, 0 for what uplinks measure")
    private int linkKbitPerSecond;

    @Option(
            names = "--wan-hours",
            paramLabel = "HOURS",
            converter = WanHoursOption.Converter.class,
            description = "other limits at some hours: '" + WanHoursOption.FORM + "', for example"
                    + " 'mon-fri 08:00-18:00 closed'; may be repeated, the first that fits counts")
    private @Nullable List<WanHoursOption> hours;

    @Option(names = "--wan-zone", paramLabel = "ZONE", description = "time zone of the hours, for example Europe/Paris")
    private @Nullable String timeZone;

    CreateSite() {
        super(Kind.SITE);
    }

    @Override
    void fill(ObjectNode body) {
        put(body, "networks", networks);
        put(body, "kind", upper(kind));
        ObjectNode wan = body.putObject("wan");
        wan.put("kbitPerSecond", kbitPerSecond).put("percentOfLink", percentOfLink);
        wan.put("linkKbitPerSecond", linkKbitPerSecond);
        put(wan, "timeZone", timeZone);
        if (hours != null) {
            hours.forEach(some -> some.put(wan.withArray("hours").addObject()));
        }
    }
}
