package org.pxemesh.packageservice.catalog;

import io.vertx.core.http.HttpServerRequest;

/** Who acts. There is no log-in yet, so the audit can name the address alone; it never claims more. */
public final class Actor {

    private Actor() {}

    public static String of(HttpServerRequest request) {
        return "unauthenticated@" + request.remoteAddress().hostAddress();
    }
}
