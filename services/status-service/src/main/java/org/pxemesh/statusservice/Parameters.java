package org.pxemesh.statusservice;

import java.util.UUID;
import org.pxemesh.hq.rest.ProblemException;

/** Reads query and path parameters; what cannot be read is a 400 that names the parameter. */
public final class Parameters {

    private Parameters() {}

    public static UUID uuid(String name, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(name, "\"" + text + "\" is not a UUID");
        }
    }

    public static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below.
        }
        throw ProblemException.invalid(
                name, "\"" + text + "\" is not a whole number between " + least + " and " + most);
    }
}
