package org.pxemesh.content.keep;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A size on a disk as an administrator writes it: {@code 20G}, {@code 512M}, {@code 1048576} or {@code 5%} of the disk.
 *
 * @param bytes 0 where it is a share
 * @param percent 0 where it is bytes
 */
public record DiskShare(long bytes, int percent) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([KMGT%]?)B?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";

    public DiskShare {
        if (bytes < 0 || percent < 0 || percent > 100) {
            throw new IllegalArgumentException("a size on a disk is not negative and at most 100 %");
        }
    }

    /** @throws IllegalArgumentException with the forms that are allowed */
    public static DiskShare parse(String text) {
        var read = FORM.matcher(text.strip());
        if (!read.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no size: write for example 20G, 512M (powers of 1024) or 5%");
        }
        long number = Long.parseLong(read.group(1));
        String unit = read.group(2).toUpperCase(Locale.ROOT);
        if (unit.equals("%")) {
            if (number > 100) {
                throw new IllegalArgumentException("\"" + text + "\" is more than the whole disk");
            }
            return new DiskShare(0, (int) number);
        }
        int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("\"" + text + "\" is more than any disk");
        }
        return new DiskShare(number << shift, 0);
    }

    /** Bytes on a disk of so many. */
    public long of(long disk) {
        return percent == 0 ? bytes : disk / 100 * percent;
    }
}
