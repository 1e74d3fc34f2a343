package org.pxemesh.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs one {@link EmbeddedKafka} until SIGTERM or Ctrl-C. When clients can come it prints one line that begins with
 * {@code ready}. Exit codes: 0 stopped, 1 could not start, 2 wrong arguments.
 */
public final class KafkaMain {

    private static final String USAGE = """
            usage: pxemesh-kafka --data DIR [--listen BIND:PORT[=HOST:PORT]]... [--verbose]
              --data     where topics live; made when missing, kept between runs
              --listen   an address for clients and, after '=', the one they come back to;
                         once per network, each with its own port (default 127.0.0.1:9092)
              --verbose  Kafka's own log at INFO (default WARN)""";

    /** Kept, as the log manager holds loggers weakly and a lost one forgets its level. */
    private static final Logger ROOT = Logger.getLogger("");

    private KafkaMain() {}

    /** What the command line asked for. */
    private record Arguments(Path dataDir, List<Listener> listeners, boolean verbose) {

        static Arguments parse(String[] args) {
            Path dataDir = null;
            List<Listener> listeners = new ArrayList<>();
            boolean verbose = false;
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--data" -> dataDir = Path.of(value(args, ++i));
                    case "--listen" -> listeners.add(Listener.parse(value(args, ++i)));
                    case "--verbose" -> verbose = true;
                    default -> throw new IllegalArgumentException("unknown argument " + args[i]);
                }
            }
            if (dataDir == null) {
                throw new IllegalArgumentException("--data is missing");
            }
            if (listeners.isEmpty()) {
                listeners.add(Listener.on("127.0.0.1", 9092));
            }
            return new Arguments(dataDir, listeners, verbose);
        }

        private static String value(String[] args, int index) {
            if (index >= args.length) {
                throw new IllegalArgumentException(args[index - 1] + " needs a value");
            }
            return args[index];
        }
    }

    public static void main(String[] args) {
        long began = System.nanoTime();
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("pxemesh-kafka: " + e.getMessage() + System.lineSeparator() + USAGE);
            System.exit(2);
            return;
        }
        ROOT.setLevel(arguments.verbose() ? Level.INFO : Level.WARNING);
        try {
            EmbeddedKafka kafka = EmbeddedKafka.start(arguments.dataDir(), arguments.listeners());
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "controlled-shutdown"));
            System.out.printf(
                    Locale.ROOT,
                    "ready bootstrap=%s seconds=%.2f%n",
                    kafka.advertisedAddresses(),
                    (System.nanoTime() - began) / 1e9);
        } catch (Exception e) {
            System.err.println("pxemesh-kafka: " + e.getMessage());
            System.exit(1);
        }
    }
}
