package org.pxemesh.packageservice.tool;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that must end before its bound. */
final class Bounded extends FilterInputStream {

    private final long max;
    private final String who;
    private long read;

    Bounded(InputStream in, long max, String who) {
        super(in);
        this.max = max;
        this.who = who;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int some = super.read(into, from, length);
        count(Math.max(some, 0));
        return some;
    }

    private void count(int more) throws IOException {
        read += more;
        if (read > max) {
            throw new TooMuch(who + " gave more than " + max + " bytes and was stopped: the file is not what it seems");
        }
    }

    /** The bound was passed. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuch(String message) {
            super(message);
        }
    }
}
