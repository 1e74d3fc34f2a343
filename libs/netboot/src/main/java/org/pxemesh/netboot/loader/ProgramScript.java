package org.pxemesh.netboot.loader;

import java.util.List;

/**
 * The iPXE script that asks a person, and then starts a program that could not have asked: iPXE in the place of firmware's
 * own menu, which it gets wrong. The program finds its server in iPXE's own offer.
 *
 * @param sources where the boot's files are, {@code http://192.0.2.10:8069/boot/…}, without a slash at their ends; the
 *     best first
 * @param program its path below them
 */
public record ProgramScript(List<String> sources, String program) {

    public ProgramScript {
        sources = List.copyOf(sources);
        IpxeScript.requireWord(program);
    }

    /** The script; without an answer the firmware goes on to its next boot entry. */
    public String text(BootQuestion question) {
        return new IpxeScript(sources)
                .ask(question)
                .fetch("kernel", "program", program, "")
                .boot("program");
    }
}
