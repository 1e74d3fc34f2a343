package org.pxemesh.packageservice.secret;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Judges one file by its name and text. What cannot be judged counts as a secret. */
final class Secrets {

    /** Longer ones are no answer files. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 64;

    /** {@code UserPassword=...} of MDT, {@code AdminPassword=...} of sysprep. */
    private static final Pattern INI = Pattern.compile("(?im)^[ \\t]*(\\w*password)[ \\t]*=[ \\t]*[^\\s;]");

    /** Debian's preseed. Nothing is given back: a line of nothing but that word would cost the square of its length. */
    private static final Pattern PRESEED =
            Pattern.compile("(?im)^[ \\t]*+\\S++[ \\t]++(?=\\S*?password)(\\S++)[ \\t]++password[ \\t]++\\S");

    /** Kickstart, and cloud-init's autoinstall. */
    private static final Pattern KICKSTART =
            Pattern.compile("(?im)^[ \\t]*(rootpw|passwd:|password:|plain_text_passwd:|hashed_passwd:)[ \\t]*\\S");

    private Secrets() {}

    /** Whether a file may hold secrets, by its folded base name. */
    static boolean suspect(String name) {
        return isAnswerFile(name)
                || isIni(name)
                || isVariables(name)
                || name.endsWith(".cfg")
                || name.endsWith(".ks")
                || name.endsWith(".preseed")
                || name.equals("user-data");
    }

    private static boolean isAnswerFile(String name) {
        return name.equals("unattend.xml") || name.equals("autounattend.xml");
    }

    private static boolean isIni(String name) {
        return name.equals("bootstrap.ini") || name.equals("customsettings.ini") || name.equals("sysprep.inf");
    }

    private static boolean isVariables(String name) {
        return name.equals("variables.dat");
    }

    /**
     * What a file gives away, as a sentence without the secret.
     *
     * @param place where it stands, for people
     */
    static Optional<String> in(String place, byte[] bytes) {
        String name = place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf(':')) + 1)
                .toLowerCase(Locale.ROOT);
        if (isVariables(name)) {
            return Optional.of(place + " holds ConfigMgr's media variables; without a password on the media anybody can"
                    + " decrypt them, and whether it has one cannot be told here");
        }
        if (bytes.length > MAX_BYTES) {
            return isAnswerFile(name) || isIni(name)
                    ? Optional.of(place + " is too long to be looked at, and may hold passwords")
                    : Optional.empty();
        }
        String text = text(bytes);
        if (isAnswerFile(name)) {
            return answerFile(place, text);
        }
        for (Pattern pattern : new Pattern[] {INI, PRESEED, KICKSTART}) {
            Matcher found = pattern.matcher(text);
            if (isIni(name) == (pattern == INI) && found.find()) {
                return Optional.of(place + " has a value for " + found.group(1).replaceAll("\\p{Cntrl}", "?"));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> answerFile(String place, String text) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        Deque<String> open = new ArrayDeque<>();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (open.size() == MAX_DEPTH) {
                            throw new XMLStreamException("nested too deep");
                        }
                        open.addLast(reader.getLocalName());
                    }
                    case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (!reader.getText().isBlank() && isPassword(open)) {
                            return Optional.of(place + " has a value for " + String.join("/", open));
                        }
                    }
                    default -> {}
                }
            }
        } catch (XMLStreamException | MissingResourceException e) {
            // The latter is the JDK's, which has no words for some faults (InvalidCharInDTD).
            return Optional.of(place + " is no XML that could be looked at, and may hold passwords");
        }
        return Optional.empty();
    }

    /** {@code <AdministratorPassword><Value>...}, {@code <Credentials><Password>...}; not {@code <PlainText>}. */
    private static boolean isPassword(Deque<String> open) {
        String last = open.isEmpty() ? "" : String.valueOf(open.peekLast());
        String owner = last;
        if (last.equals("Value")) {
            String value = open.removeLast();
            owner = String.valueOf(open.peekLast());
            open.addLast(value);
        }
        return owner.toLowerCase(Locale.ROOT).endsWith("password");
    }

    private static String text(byte[] bytes) {
        Charset charset = StandardCharsets.UTF_8;
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            charset = StandardCharsets.UTF_16LE;
        } else if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
            charset = StandardCharsets.UTF_16BE;
        }
        return new String(bytes, charset).replace("\ufeff", "");
    }
}
