package org.pxemesh.cli.things;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.pxemesh.cli.Table.Column;
import org.pxemesh.cli.hq.Answer;
import org.pxemesh.cli.hq.HqClient;
import org.pxemesh.cli.hq.HqException;

/**
 * A kind of thing that HQ keeps, all of which have an id and a name.
 *
 * @param word singular, as in {@code pxemesh site}
 * @param path of its REST resource
 * @param columns for people; name first, id last
 */
record Kind(String word, String path, List<Column> columns) {

    static final Kind SITE = new Kind(
            "site",
            "/api/v1/sites",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("KIND", "kind"),
                    Column.of("NETWORKS", "networks"),
                    Column.of("ID", "id")));
    static final Kind COLLECTION = new Kind(
            "collection",
            "/api/v1/collections",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("KIND", "kind"),
                    Column.of("RULE", "rule"),
                    Column.of("ID", "id")));
    static final Kind COMPUTER = new Kind(
            "computer",
            "/api/v1/computers",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("MACS", "macs"),
                    Column.of("SITE", "siteId"),
                    Column.of("LABELS", "labels"),
                    Column.of("ID", "id")));
    static final Kind POLICY = new Kind(
            "policy",
            "/api/v1/policies",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("ENABLED", "enabled"),
                    Column.of("MODE", "mode"),
                    Column.of("UNKNOWN", "unknownComputers"),
                    Column.of("REVISION", "revision"),
                    Column.of("ID", "id")));
    static final Kind DEPLOYMENT = new Kind(
            "deployment",
            "/api/v1/deployments",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("KIND", "kind"),
                    Column.of("PACKAGE", "packageRef"),
                    Column.of("UNKNOWN", "unknownComputers"),
                    Column.of("ARGUMENTS", "arguments"),
                    Column.of("ID", "id")));

    /** The thing with this id or name, with its revision. */
    Answer find(HqClient hq, String nameOrId) {
        return hq.get(path + "/" + id(hq, nameOrId));
    }

    /** The id of the thing with this id or name. */
    String id(HqClient hq, String nameOrId) {
        if (isId(nameOrId)) {
            return nameOrId;
        }
        JsonNode named = hq.get(path, Map.of("name", nameOrId)).body();
        if (named.size() == 1) {
            return named.path(0).path("id").asText();
        }
        throw new HqException(
                named.isEmpty()
                        ? "there is no " + word + " named \"" + nameOrId + "\""
                        : named.size() + " of kind " + word + " are named \"" + nameOrId + "\": give the id instead",
                HqException.REFUSED);
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
