package org.pxemesh.zoo.tftp;

/**
 * One file that a program asks for.
 *
 * @param name as on the wire
 * @param mode {@code octet} as a rule
 */
public record Errand(String name, String mode, Manners manners, Aim aim, Need need, Mischief mischief) {

    /** What the client wants of the server. */
    public enum Aim {
        /** The file. */
        GET,
        /** Its size: the OACK is answered by ERROR 8, as EDK2 and BIOS ROMs do. */
        PROBE,
        /** Its size: the OACK is answered by ERROR 0, as Microsoft's UEFI loader does. */
        PROBE_BY_ERROR_0
    }

    /** What happens when the server has no such file. */
    public enum Need {
        /** The boot ends. */
        REQUIRED,
        /** The program goes on. */
        OPTIONAL
    }

    public static Errand get(String name, Manners manners) {
        return new Errand(name, "octet", manners, Aim.GET, Need.REQUIRED, Mischief.NONE);
    }

    public static Errand probe(String name, Manners manners) {
        return new Errand(name, "octet", manners, Aim.PROBE, Need.REQUIRED, Mischief.NONE);
    }

    public Errand aiming(Aim other) {
        return new Errand(name, mode, manners, other, need, mischief);
    }

    public Errand optional() {
        return new Errand(name, mode, manners, aim, Need.OPTIONAL, mischief);
    }

    public Errand with(Mischief trouble) {
        return new Errand(name, mode, manners, aim, need, trouble);
    }

    public Errand inMode(String other) {
        return new Errand(name, other, manners, aim, need, mischief);
    }
}
