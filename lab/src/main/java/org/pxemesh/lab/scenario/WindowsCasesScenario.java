package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.pxemesh.lab.kit.WindowsKits;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.replay.WindowsBranch;
import org.pxemesh.lab.site.DhcpServer;

/** {@link WindowsCases} in an office of their own. */
final class WindowsCasesScenario implements Scenario {

    @Override
    public String name() {
        return "windows-cases";
    }

    @Override
    public String about() {
        return "Windows PE on ARM64, over UEFI HTTP Boot, with an administrator's store, of ConfigMgr; its check-ins";
    }

    @Override
    public Office.Plan office() {
        return new Office.Plan(2, DhcpServer.DNSMASQ, "auto");
    }

    @Override
    public void play(Office office, ObjectNode figures) {
        Path kits = office.site().folder().resolve(Office.KITS);
        WindowsBranch branch = WindowsBranch.in(office);
        ArrayNode packages = figures.putArray("packages");
        JsonNode adk = branch.build("winpe-adk", WindowsKits.adk().writeAdk(kits), "auto", packages);
        WindowsCases cases = new WindowsCases(office, kits);
        cases.build(branch, packages);
        branch.enable();
        cases.play(adk, figures.putArray("steps"), figures);
    }
}
