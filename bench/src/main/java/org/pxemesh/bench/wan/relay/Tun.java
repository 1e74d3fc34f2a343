package org.pxemesh.bench.wan.relay;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import org.pxemesh.lab.LabException;

/**
 * A TUN device (Linux, {@code Documentation/networking/tuntap.rst}): each read is one IP packet that the kernel sent, each
 * write one that it receives. The device lives as long as this process, also after it was moved to a namespace.
 */
final class Tun {
    private static final int O_RDWR = 2;
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN = 1;
    private static final short IFF_NO_PI = 0x1000;
    private static final int IFREQ = 40;
    private static final int FLAGS_AT = 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");
    private static final MethodHandle OPEN = function(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL = function(
            "ioctl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ = function("read", transfer());
    private static final MethodHandle WRITE = function("write", transfer());

    private final int fd;
    private final String name;

    private Tun(int fd, String name) {
        this.fd = fd;
        this.name = name;
    }

    private static FunctionDescriptor transfer() {
        return FunctionDescriptor.of(
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    }

    private static MethodHandle function(String name, FunctionDescriptor shape, Linker.Option... more) {
        Linker.Option[] options = new Linker.Option[more.length + 1];
        System.arraycopy(more, 0, options, 0, more.length);
        options[more.length] = KEEP_ERRNO;
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
    }

    /** Makes a device in the caller's namespace. */
    static Tun make(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int fd = (int) OPEN.invokeExact(state, arena.allocateFrom("/dev/net/tun"), O_RDWR);
            require(fd, "open /dev/net/tun", state);
            MemorySegment request = arena.allocate(IFREQ);
            request.setString(0, name);
            request.set(ValueLayout.JAVA_SHORT, FLAGS_AT, (short) (IFF_TUN | IFF_NO_PI));
            require((int) IOCTL.invokeExact(state, fd, TUNSETIFF, request), "make the TUN device " + name, state);
            return new Tun(fd, name);
        } catch (LabException e) {
            throw e;
        } catch (Throwable e) {
            throw new LabException("the TUN device " + name + " cannot be made: " + e, e);
        }
    }

    /** Waits for a packet; its length, or -1 when the device is gone. */
    int read(MemorySegment packet, MemorySegment state) {
        try {
            return (int) (long) READ.invokeExact(state, fd, packet, packet.byteSize());
        } catch (Throwable e) {
            throw new LabException(name + " cannot be read: " + e, e);
        }
    }

    /** Gives the kernel a packet; one that it refuses is lost, as on any link. */
    void write(MemorySegment packet, int length, MemorySegment state) {
        try {
            long ignored = (long) WRITE.invokeExact(state, fd, packet, (long) length);
        } catch (Throwable e) {
            throw new LabException(name + " cannot be written: " + e, e);
        }
    }

    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    private static void require(int result, String what, MemorySegment state) {
        if (result < 0) {
            throw new LabException("cannot " + what + ": errno " + (int) ERRNO.get(state, 0L)
                    + "; the relay needs root and the kernel's tun module");
        }
    }
}
