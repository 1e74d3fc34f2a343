package org.pxemesh.packageservice.wim;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.pxemesh.packageservice.source.ImportException;

/**
 * What a WIM's description says of one image.
 *
 * @param index from 1
 * @param architecture {@code x86}, {@code amd64}, {@code arm64} or {@code arm}; empty if it does not say
 * @param build of Windows, for example 22621; 0 if it does not say
 */
public record WimImage(int index, String architecture, int build) {

    private static final int MAX_DEPTH = 64;

    /**
     * Finds an image in a description.
     *
     * @param xml UTF-16LE, with or without byte order mark
     * @param name of the file, for messages
     */
    static WimImage find(byte[] xml, int index, String name) throws ImportException {
        String text = new String(xml, StandardCharsets.UTF_16LE).replace("\ufeff", "");
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        String architecture = "";
        int build = 0;
        Deque<String> open = new ArrayDeque<>();
        boolean inside = false;
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (open.size() == MAX_DEPTH) {
                            throw new ImportException(name + "'s description is nested too deep");
                        }
                        open.addLast(reader.getLocalName());
                        if (path(open).equals("WIM/IMAGE")) {
                            inside = String.valueOf(index).equals(reader.getAttributeValue(null, "INDEX"));
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                    case XMLStreamConstants.CHARACTERS -> {
                        if (inside && path(open).equals("WIM/IMAGE/WINDOWS/ARCH")) {
                            architecture = architecture(reader.getText().strip());
                        }
                        if (inside && path(open).equals("WIM/IMAGE/WINDOWS/VERSION/BUILD")) {
                            build = number(reader.getText().strip());
                        }
                    }
                    default -> {}
                }
            }
        } catch (XMLStreamException | MissingResourceException e) {
            // The latter is the JDK's, which has no words for some faults (InvalidCharInDTD).
            throw new ImportException(name + "'s description is damaged: it is not the XML that a WIM ends with");
        }
        return new WimImage(index, architecture, build);
    }

    private static String path(Deque<String> open) {
        return open.size() > 5 ? "" : String.join("/", List.copyOf(open));
    }

    /** PROCESSOR_ARCHITECTURE_... of winnt.h. */
    private static String architecture(String number) {
        return switch (number) {
            case "0" -> "x86";
            case "5" -> "arm";
            case "6" -> "ia64";
            case "9" -> "amd64";
            case "12" -> "arm64";
            default -> "";
        };
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
