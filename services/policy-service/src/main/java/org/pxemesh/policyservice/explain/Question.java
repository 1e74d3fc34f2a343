package org.pxemesh.policyservice.explain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pxemesh.policy.BootClient;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policyservice.desk.Checks;

/**
 * A question about one machine.
 *
 * @param client the machine
 * @param site id or name of the site where it asks, null for its home
 */
record Question(BootClient client, @Nullable String site) {

    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

    static Question checked(@Nullable String mac, @Nullable String arch, @Nullable String guid, @Nullable String site) {
        Checks checks = new Checks();
        String cleanMac =
                mac == null ? "" : mac.strip().toLowerCase(Locale.ROOT).replace('-', ':');
        checks.that(MAC.matcher(cleanMac).matches(), "mac", "must look like 52:54:00:00:00:01");
        Optional<ClientArchitecture> architecture = architecture(arch == null ? "" : arch.strip());
        checks.that(architecture.isPresent(), "arch", "must be bios, x64-uefi, aa64-uefi, ... or a code of option 93");
        checks.done();
        return new Question(new BootClient(cleanMac, guid, architecture.orElse(ClientArchitecture.UNKNOWN)), site);
    }

    private static Optional<ClientArchitecture> architecture(String arch) {
        return arch.matches("\\d{1,5}")
                ? Optional.of(ClientArchitecture.ofCode(Integer.parseInt(arch)))
                : ClientArchitecture.ofLabel(arch);
    }
}
