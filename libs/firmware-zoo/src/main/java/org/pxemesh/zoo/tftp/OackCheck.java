package org.pxemesh.zoo.tftp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** EDK2's acceptance of an OACK (Mtftp4RrqOackValid): one wrong option and the transfer is over. */
final class OackCheck {

    private OackCheck() {}

    /**
     * What is wrong, or empty.
     *
     * @param request options as sent; their names are compared without case (RFC 2347)
     */
    static Optional<String> complaint(Map<String, String> request, Map<String, String> granted) {
        Map<String, String> asked = new HashMap<>();
        request.forEach((name, value) -> asked.put(name.toLowerCase(Locale.ROOT), value));
        for (Map.Entry<String, String> option : granted.entrySet()) {
            String name = option.getKey();
            String wanted = asked.get(name);
            if (wanted == null) {
                return Optional.of(name + " was not asked");
            }
            if (!option.getValue().matches("\\d{1,10}")) {
                return Optional.of(name + "='" + option.getValue() + "' is no number");
            }
            long value = Long.parseLong(option.getValue());
            boolean more = (name.equals("blksize") || name.equals("windowsize")) && value > Long.parseLong(wanted);
            boolean less = name.equals("blksize") && value < 8 || name.equals("windowsize") && value < 1;
            boolean other = name.equals("timeout") && value != Long.parseLong(wanted);
            if (more || less || other) {
                return Optional.of(name + "=" + value + " for " + wanted);
            }
        }
        return Optional.empty();
    }
}
