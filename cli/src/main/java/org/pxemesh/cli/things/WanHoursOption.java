package org.pxemesh.cli.things;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Hours with limits of their own, as people write them: {@code "mon-fri 08:00-18:00 closed"}, {@code "daily 22:00-06:00
 * 90%"}, {@code "sat,sun 00:00-00:00 5000"} (kbit/s).
 */
record WanHoursOption(Set<DayOfWeek> days, String from, String to, boolean closed, int kbit, int percent) {
    static final String FORM = "DAYS HH:MM-HH:MM closed|KBIT|N%";

    private static final Pattern TEXT =
            Pattern.compile("(\\S+)\\s+(\\d{2}:\\d{2})-(\\d{2}:\\d{2})\\s+(closed|(\\d{1,9})|(\\d{1,3})%)");

    /** Reads the option. */
    static final class Converter implements ITypeConverter<WanHoursOption> {
        @Override
        public WanHoursOption convert(String text) {
            Matcher match = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (!match.matches()) {
                throw new TypeConversionException("'" + text + "' is not like '" + FORM
                        + "', for example 'mon-fri 08:00-18:00 closed' or 'daily 22:00-06:00 90%'");
            }
            return new WanHoursOption(
                    days(match.group(1)),
                    match.group(2),
                    match.group(3),
                    match.group(4).equals("closed"),
                    match.group(5) == null ? 0 : Integer.parseInt(match.group(5)),
                    match.group(6) == null ? 100 : Integer.parseInt(match.group(6)));
        }
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (text.equals("daily")) {
            return days;
        }
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", 2);
            DayOfWeek last = day(ends[ends.length - 1]);
            for (DayOfWeek day = day(ends[0]); ; day = day.plus(1)) {
                days.add(day);
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> text.length() >= 2
                        && day.name().toLowerCase(Locale.ROOT).startsWith(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no day of the week; days are "
                        + Arrays.stream(DayOfWeek.values())
                                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ", and 'daily' for all"));
    }

    void put(ObjectNode hours) {
        days.forEach(day -> hours.withArray("days").add(day.name()));
        hours.put("from", from).put("to", to).put("closed", closed);
        hours.put("kbitPerSecond", kbit).put("percentOfLink", percent);
    }
}
