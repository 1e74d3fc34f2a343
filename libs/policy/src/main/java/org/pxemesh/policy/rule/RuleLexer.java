package org.pxemesh.policy.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a rule into tokens. */
final class RuleLexer {

    /** Words of the language; as a value they must be quoted. */
    static final Set<String> RESERVED = Set.of("and", "or", "not", "in");

    enum Kind {
        WORD,
        QUOTED,
        SYMBOL,
        END
    }

    /** One token; {@code position} counts characters from 1. */
    record Token(Kind kind, String text, int position) {

        boolean isKeyword(String word) {
            return kind == Kind.WORD && text.toLowerCase(Locale.ROOT).equals(word);
        }

        boolean isReserved() {
            return kind == Kind.WORD && RESERVED.contains(text.toLowerCase(Locale.ROOT));
        }

        boolean isSymbol(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        String described() {
            return switch (kind) {
                case END -> "the end of the rule";
                case QUOTED -> "the quoted text \"" + text + '"';
                case WORD, SYMBOL -> "'" + text + "'";
            };
        }
    }

    private final String rule;
    private int at;

    private RuleLexer(String rule) {
        this.rule = rule;
    }

    static List<Token> tokens(String rule) throws RuleSyntaxException {
        RuleLexer lexer = new RuleLexer(rule);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    static boolean isPlainWord(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(RuleLexer::isWordCharacter)
                && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    }

    private Token next() throws RuleSyntaxException {
        while (at < rule.length() && Character.isWhitespace(rule.charAt(at))) {
            at++;
        }
        int start = at;
        if (at == rule.length()) {
            return new Token(Kind.END, "", start + 1);
        }
        char c = rule.charAt(at);
        if (c == '"') {
            return new Token(Kind.QUOTED, quoted(), start + 1);
        }
        if (c == '!') {
            if (!rule.startsWith("!=", at)) {
                throw new RuleSyntaxException(start + 1, "expected '!=' (write 'not' to turn a test round)");
            }
            at += 2;
            return new Token(Kind.SYMBOL, "!=", start + 1);
        }
        if (c == '=' || c == '(' || c == ')' || c == ',') {
            at++;
            return new Token(Kind.SYMBOL, String.valueOf(c), start + 1);
        }
        while (at < rule.length() && isWordCharacter(rule.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new RuleSyntaxException(
                    start + 1, "the character '%c' must stand in double quotes".formatted(rule.codePointAt(start)));
        }
        return new Token(Kind.WORD, rule.substring(start, at), start + 1);
    }

    private String quoted() throws RuleSyntaxException {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (at < rule.length()) {
            char c = rule.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            if (c == '\\' && at < rule.length()) {
                c = rule.charAt(at++);
            }
            text.append(c);
        }
        throw new RuleSyntaxException(start + 1, "the quoted text has no closing double quote");
    }

    /** Letters and digits of any script, and what host names, versions, addresses and patterns are made of. */
    private static boolean isWordCharacter(int c) {
        return Character.isLetterOrDigit(c) || "._-:/@+*".indexOf(c) >= 0;
    }
}
