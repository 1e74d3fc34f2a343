package org.pxemesh.bench.wan.relay;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * {@code RelayMain HQ-DEVICE BRANCH-DEVICE KBIT QUEUE-MS RTT-MS FOREGROUND-PORT CONTENT-PORT}: a link between two devices.
 * Down (HQ to branch) has the rate and the queue, up the same; the delay is halved between them. Every 100 ms it prints
 * what passed down: {@code down NANOTIME FOREGROUND-BYTES CONTENT-BYTES DROPS WORST-QUEUE-MS}.
 */
public final class RelayMain {
    private RelayMain() {}

    public static void main(String[] args) throws InterruptedException {
        Tun hq = Tun.make(args[0]);
        Tun branch = Tun.make(args[1]);
        int kbit = Integer.parseInt(args[2]);
        long queue = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[3]));
        long delay = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[4])) / 2;
        int foreground = Integer.parseInt(args[5]);
        int content = Integer.parseInt(args[6]);
        Direction down = new Direction("down", hq, branch, new Bottleneck(kbit, queue, delay));
        Direction up = new Direction("up", branch, hq, new Bottleneck(kbit, queue, delay));
        System.out.println("ready");
        while (true) {
            Thread.sleep(100);
            System.out.printf(
                    Locale.ROOT,
                    "down %d %d %d %d %.1f up-drops %d%n",
                    System.nanoTime(),
                    down.bytes(foreground),
                    down.bytes(content),
                    down.drops(),
                    down.worstBacklog() / 1e6,
                    up.drops());
        }
    }
}
