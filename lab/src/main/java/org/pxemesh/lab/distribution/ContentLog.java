package org.pxemesh.lab.distribution;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.lab.run.LabProcess;

/** The package service's access log: what left HQ, and to whom, by HQ's own count. */
final class ContentLog {
    /** What {@code quarkus.http.access-log.pattern} is set to. */
    static final String PATTERN = "content-sent %h %s %b %U";

    private static final Pattern LINE =
            Pattern.compile("content-sent ([0-9.]+) ([0-9]+) ([0-9-]+) /content/files/[0-9a-f]{64}");

    private final LabProcess packageService;

    ContentLog(LabProcess packageService) {
        this.packageService = packageService;
    }

    /** Body bytes of files, whole answers and broken ones, that were sent to a site. */
    long bytesTo(Branch branch) {
        long bytes = 0;
        Matcher line = LINE.matcher(packageService.logText());
        while (line.find()) {
            if (branch.has(line.group(1)) && !line.group(3).equals("-")) {
                bytes += Long.parseLong(line.group(3));
            }
        }
        return bytes;
    }

    /** Answers to a site. */
    long requestsOf(Branch branch) {
        return LINE.matcher(packageService.logText())
                .results()
                .filter(result -> branch.has(result.group(1)))
                .count();
    }
}
