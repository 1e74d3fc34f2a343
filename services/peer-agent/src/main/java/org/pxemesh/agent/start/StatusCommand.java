package org.pxemesh.agent.start;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks the agent of this machine for its status; exit code 0 when it serves, 1 when it does not, 2 when none runs. */
final class StatusCommand {
    private static final int TIMEOUT_MILLIS = 3_000;

    private StatusCommand() {}

    static int run() {
        var port = System.getProperty("pxemesh.local.port", System.getenv().getOrDefault("PXEMESH_LOCAL_PORT", "8068"));
        var uri = URI.create("http://127.0.0.1:" + port + "/status");
        try {
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            var text = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.println(text);
            return text.contains("\"ready\" : true") ? 0 : 1;
        } catch (IOException e) {
            System.err.println("pxemesh-agent: no agent answers at " + uri + " (" + e.getMessage()
                    + "); start it, or set -Dpxemesh.local.port to its port");
            return 2;
        }
    }
}
