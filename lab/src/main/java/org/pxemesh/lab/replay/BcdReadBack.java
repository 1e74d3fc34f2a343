package org.pxemesh.lab.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.run.Shell;

/**
 * A BCD store that was served, read by hivexml.
 *
 * @param bytes of the store
 * @param loader path of the operating system loader
 * @param description of the entry
 * @param blockSize TFTP block size (35000007)
 * @param windowSize TFTP window size (35000008)
 */
public record BcdReadBack(int bytes, String loader, String description, long blockSize, long windowSize) {

    private static final String LOADER = "{7619dcc9-fafe-11d9-b411-000476eba25f}";
    private static final String OPTIONS = "{7619dcc8-fafe-11d9-b411-000476eba25f}";

    /** Reads a store; whatever is missing ends in a {@link LabException}. */
    public static BcdReadBack of(Path store) {
        String xml = Shell.run("hivexml", store.toString()).replaceAll("[\r\n]", "");
        try {
            return new BcdReadBack(
                    (int) Files.size(store),
                    value(xml, LOADER, "12000002"),
                    value(xml, LOADER, "12000004"),
                    number(value(xml, OPTIONS, "35000007")),
                    number(value(xml, OPTIONS, "35000008")));
        } catch (IOException e) {
            throw new LabException(store + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String value(String xml, String object, String element) {
        int at = xml.indexOf("<node name=\"" + object + "\"");
        int elementAt = at < 0 ? -1 : xml.indexOf("<node name=\"" + element + "\"", at);
        Matcher value = Pattern.compile("key=\"Element\" value=\"([^\"]*)\"").matcher(xml);
        if (elementAt < 0 || !value.find(elementAt)) {
            throw new LabException("hivexml shows no element " + element + " of " + object);
        }
        return value.group(1);
    }

    private static long number(String base64) {
        long number = 0;
        byte[] bytes = Base64.getDecoder().decode(base64);
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = number << 8 | bytes[i] & 0xff;
        }
        return number;
    }
}
