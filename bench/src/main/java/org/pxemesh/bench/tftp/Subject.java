package org.pxemesh.bench.tftp;

import org.pxemesh.bench.CpuAccount;
import org.pxemesh.bench.ResidentMemory;
import org.pxemesh.lab.run.LabProcess;

/**
 * A server that is measured.
 *
 * @param name in the rows
 * @param address where it serves
 * @param folder under which it has the files: empty, or with a slash at its end
 * @param windows whether it negotiates windowsize (RFC 7440)
 * @param cpu of its process and all children
 */
record Subject(String name, String address, String folder, boolean windows, LabProcess process, CpuAccount cpu) {

    static Subject of(String name, String address, String folder, boolean windows, LabProcess process) {
        return new Subject(name, address, folder, windows, process, CpuAccount.of(name, process.pid()));
    }

    /** Resident memory in MB; of the parent alone. */
    double rssMegabytes() {
        return ResidentMemory.megabytes(name, process);
    }
}
