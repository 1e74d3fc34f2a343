package org.pxemesh.fuzz;

/** A parser of what strangers send. Whatever it throws is a finding. */
public interface Reading {

    /** Reads the bytes as the program would; the result's text is what golden captures are compared with. */
    Object read(byte[] bytes);

    /** Allocation that no input exceeds whatever its length, in bytes. */
    default long fixedBytes() {
        return Cost.FIXED_BYTES;
    }

    /**
     * A reading by its name.
     *
     * @param name of a {@link Target}, or of a class with a constructor without parameters
     */
    static Reading named(String name) {
        if (name.indexOf('.') < 0) {
            return Target.valueOf(name);
        }
        try {
            return (Reading) Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(name + " is neither a target nor a class that reads", e);
        }
    }
}
