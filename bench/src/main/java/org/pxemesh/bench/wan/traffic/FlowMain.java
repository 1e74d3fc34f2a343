package org.pxemesh.bench.wan.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/**
 * {@code FlowMain HOST TCP-PORT SECONDS}, on the branch's side: one TCP connection that takes all it gets for so long; prints
 * {@code flow NANOTIME BYTES} about every 100 ms, and {@code done}.
 */
public final class FlowMain {
    private static final int BUFFER = 64 * 1024;
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private FlowMain() {}

    public static void main(String[] args) throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[BUFFER];
        try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
            InputStream in = socket.getInputStream();
            long now = System.nanoTime();
            long end = now + TimeUnit.SECONDS.toNanos(Long.parseLong(args[2]));
            long next = now;
            while (now < end) {
                int count = in.read(buffer);
                if (count < 0) {
                    break;
                }
                bytes += count;
                now = System.nanoTime();
                if (now >= next) {
                    System.out.println("flow " + now + " " + bytes);
                    next = now + EVERY_NANOS;
                }
            }
            System.out.println("flow " + now + " " + bytes);
        }
        System.out.println("done");
    }
}
