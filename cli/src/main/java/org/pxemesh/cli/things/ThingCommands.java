package org.pxemesh.cli.things;

import org.pxemesh.cli.Group;
import org.pxemesh.cli.Leaf;
import org.pxemesh.cli.hq.Answer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code list}, {@code show} and {@code delete} are the same for every kind of thing. */
public final class ThingCommands {

    private ThingCommands() {}

    public static void addTo(CommandLine root) {
        group(root, Kind.SITE, "Sites: places with their networks.", new CreateSite());
        group(root, Kind.COLLECTION, "Collections: named sets of computers.", new CreateCollection());
        group(root, Kind.COMPUTER, "Computers: machines that HQ knows.", new CreateComputer());
        CommandLine policy = group(root, Kind.POLICY, "Policies: how peers behave.", new CreatePolicy());
        policy.addSubcommand("enable", new Act("enable", "enabled"));
        policy.addSubcommand("disable", new Act("disable", "disabled"));
        group(root, Kind.DEPLOYMENT, "Deployments: who boots which package.", new CreateDeployment());
    }

    private static CommandLine group(CommandLine root, Kind kind, String description, Create create) {
        CommandLine group = Group.addTo(root, kind.word(), description);
        group.addSubcommand("create", create);
        group.addSubcommand("list", new ListThings(kind));
        group.addSubcommand("show", new Show(kind));
        group.addSubcommand("delete", new Delete(kind));
        return group;
    }

    @Command(description = "All of them, by name.")
    static final class ListThings extends Leaf {
        private final Kind kind;

        ListThings(Kind kind) {
            this.kind = kind;
        }

        @Override
        protected void run() {
            list(kind.columns(), hq().get(kind.path() + "?limit=10000").body());
        }
    }

    @Command(description = "One of them.")
    static final class Show extends Leaf {
        private final Kind kind;

        @Parameters(paramLabel = "NAME|ID")
        private String which = "";

        Show(Kind kind) {
            this.kind = kind;
        }

        @Override
        protected void run() {
            show(kind.columns(), kind.find(hq(), which).body());
        }
    }

    @Command(description = "Delete one that nothing uses any more.")
    static final class Delete extends Leaf {
        private final Kind kind;

        @Parameters(paramLabel = "NAME|ID")
        private String which = "";

        Delete(Kind kind) {
            this.kind = kind;
        }

        @Override
        protected void run() {
            Answer seen = kind.find(hq(), which);
            hq().delete(kind.path() + "/" + seen.body().path("id").asText(), seen.etag());
            done(seen.body(), kind.word() + " " + seen.body().path("name").asText() + " is deleted");
        }
    }

    @Command(description = "Switch a policy on or off.")
    static final class Act extends Leaf {
        private final String act;
        private final String acted;

        @Parameters(paramLabel = "NAME|ID")
        private String which = "";

        Act(String act, String acted) {
            this.act = act;
            this.acted = acted;
        }

        @Override
        protected void run() {
            Answer seen = Kind.POLICY.find(hq(), which);
            Answer now =
                    hq().post(Kind.POLICY.path() + "/" + seen.body().path("id").asText() + "/" + act, seen.etag());
            done(now.body(), "policy " + seen.body().path("name").asText() + " is " + acted);
        }
    }
}
