package org.pxemesh.agent.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * The system calls of {@link LinuxBatch}, from the C library. Results are the calls' own: negative is an error, which
 * {@link #errno()} names. One instance per thread, since errno is kept in it.
 */
final class SocketCalls implements SendCall {

    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int EOPNOTSUPP = 95;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            errnoKept("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            errnoKept("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle NAME =
            errnoKept("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle OPTION =
            errnoKept("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECEIVE =
            errnoKept("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SEND =
            errnoKept("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle POLL =
            errnoKept("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENT = errnoKept("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            errnoKept("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            errnoKept("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle CLOSE = errnoKept("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle TEXT =
            LINKER.downcallHandle(find("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private final MemorySegment state;

    SocketCalls(Arena arena) {
        state = arena.allocate(STATE);
    }

    private static MethodHandle errnoKept(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(find(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    private static MemorySegment find(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
    }

    /**
     * Whether an error says that datagrams cannot be cut on this way: a device without checksums of its own (EIO), segments
     * longer than the way is wide (EINVAL up to Linux 6.13), a system that has no such thing.
     */
    static boolean refusesSegments(int errno) {
        return errno == EIO || errno == EINVAL || errno == EOPNOTSUPP;
    }

    @Override
    public int errno() {
        return (int) ERRNO.get(state, 0L);
    }

    /** What the last error means, as the C library says it. */
    IOException problem(String call) {
        return new IOException(call + ": " + text(errno()));
    }

    private static String text(int errno) {
        try {
            MemorySegment text = (MemorySegment) TEXT.invokeExact(errno);
            return text.reinterpret(256).getString(0, StandardCharsets.UTF_8);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int socket(int family, int type) {
        try {
            return (int) SOCKET.invokeExact(state, family, type, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int bind(int socket, MemorySegment name) {
        try {
            return (int) BIND.invokeExact(state, socket, name, (int) name.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int name(int socket, MemorySegment name, MemorySegment length) {
        try {
            return (int) NAME.invokeExact(state, socket, name, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int option(int socket, int level, int option, MemorySegment value) {
        try {
            return (int) OPTION.invokeExact(state, socket, level, option, value, (int) value.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int receive(int socket, MemorySegment messages, int count, int flags) {
        try {
            return (int) RECEIVE.invokeExact(state, socket, messages, count, flags, MemorySegment.NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int send(int socket, MemorySegment messages, int count) {
        try {
            return (int) SEND.invokeExact(state, socket, messages, count, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int poll(MemorySegment descriptors, long count, int millis) {
        try {
            return (int) POLL.invokeExact(state, descriptors, count, millis);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int event(int flags) {
        try {
            return (int) EVENT.invokeExact(state, 0, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long read(int descriptor, MemorySegment into) {
        try {
            return (long) READ.invokeExact(state, descriptor, into, into.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long write(int descriptor, MemorySegment from) {
        try {
            return (long) WRITE.invokeExact(state, descriptor, from, from.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int close(int descriptor) {
        try {
            return (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The calls throw nothing; what comes out of them is the JVM's. */
    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }
}
