package org.pxemesh.lab.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.pxemesh.lab.run.Shell;

/** A machine's PS/2 keyboard, pressed through QEMU's monitor. */
public final class Keyboard {
    private final Path pipe;

    private Keyboard(Path pipe) {
        this.pipe = pipe;
    }

    /** @param name of its files, unique in the folder */
    public static Keyboard in(Path folder, String name) {
        Path pipe = folder.resolve(name + ".keys");
        for (String end : List.of(".in", ".out")) {
            Shell.run("mkfifo", pipe + end);
        }
        return new Keyboard(pipe);
    }

    /** What QEMU's command line needs for it. */
    public List<String> arguments() {
        return List.of("-chardev", "pipe,id=keys,path=" + pipe, "-mon", "chardev=keys,mode=readline");
    }

    /** @param keys as QEMU names them ({@code f8}, {@code down}, {@code ret}), one after the other */
    public void press(List<String> keys) {
        for (String key : keys) {
            try {
                Files.writeString(
                        Path.of(pipe + ".in"),
                        "sendkey " + key + "\n",
                        StandardCharsets.US_ASCII,
                        StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UncheckedIOException("the keyboard " + pipe + " cannot be pressed", e);
            }
        }
    }
}
