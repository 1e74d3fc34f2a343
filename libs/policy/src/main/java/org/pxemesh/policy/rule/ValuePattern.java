package org.pxemesh.policy.rule;

import java.util.Locale;

/**
 * What a label's value is compared with, without regard to case. In a {@code wild} pattern (written without quotes)
 * {@code *} stands for any run of characters, also none; in a quoted one it is itself.
 */
public record ValuePattern(String text, boolean wild) {

    public ValuePattern {
        // Without a star both spellings mean the same, and should be equal.
        wild = wild && text.indexOf('*') >= 0;
    }

    /** Linear in time: after a mismatch only the last star can usefully take one character more. */
    public boolean matches(String value) {
        String pattern = text.toLowerCase(Locale.ROOT);
        String subject = value.toLowerCase(Locale.ROOT);
        if (!wild) {
            return pattern.equals(subject);
        }
        int at = 0;
        int star = -1;
        int resume = 0;
        for (int i = 0; i < subject.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < pattern.length() && pattern.charAt(at) == subject.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    @Override
    public String toString() {
        return RuleLexer.isPlainWord(text) && (wild || text.indexOf('*') < 0)
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
