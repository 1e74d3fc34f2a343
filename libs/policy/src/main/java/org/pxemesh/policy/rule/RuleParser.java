package org.pxemesh.policy.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pxemesh.policy.rule.RuleLexer.Kind;
import org.pxemesh.policy.rule.RuleLexer.Token;

/**
 * Reads the rule language. The whole of it:
 *
 * <pre>{@code
 * rule  = all { "or" all }                      os = linux or os = windows
 * all   = one { "and" one }                     os = linux and site = Paris
 * one   = "not" one | "(" rule ")" | test       not (chassis = laptop or chassis = tablet)
 * test  = label "=" value                       host = PC-4*
 *       | label "!=" value                      power != battery
 *       | label ["not"] "in" "(" value { "," value } ")"
 * value = word | "quoted text"                  site = "New York"
 * }</pre>
 *
 * <p>{@code not} binds tighter than {@code and}, {@code and} tighter than {@code or}. Case does not matter. {@code *}
 * in a word stands for any characters, so {@code room = *} asks for any value at all.
 */
public final class RuleParser {

    /** Longest rule that is read, in characters. */
    public static final int MAX_LENGTH = 2_000;

    /** Deepest nesting of brackets and {@code not}: bounds the stack that a rule can claim. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_LABEL_LENGTH = 64;

    private final List<Token> tokens;
    private int at;

    private RuleParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads one rule.
     *
     * @throws RuleSyntaxException naming the position and what was expected there
     */
    public static Rule parse(String text) throws RuleSyntaxException {
        if (text.length() > MAX_LENGTH) {
            throw new RuleSyntaxException(
                    MAX_LENGTH + 1,
                    "the rule is %d characters long; at most %d are read".formatted(text.length(), MAX_LENGTH));
        }
        RuleParser parser = new RuleParser(RuleLexer.tokens(text));
        Rule rule = parser.rule(0);
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected("'and', 'or' or the end of the rule");
        }
        return rule;
    }

    private Rule rule(int depth) throws RuleSyntaxException {
        List<Rule> parts = new ArrayList<>();
        do {
            parts.add(all(depth));
        } while (accepted("or"));
        return parts.size() == 1 ? parts.getFirst() : new Rule.Or(parts);
    }

    private Rule all(int depth) throws RuleSyntaxException {
        List<Rule> parts = new ArrayList<>();
        do {
            parts.add(one(depth));
        } while (accepted("and"));
        return parts.size() == 1 ? parts.getFirst() : new Rule.And(parts);
    }

    private Rule one(int depth) throws RuleSyntaxException {
        if (depth > MAX_DEPTH) {
            throw new RuleSyntaxException(
                    peek().position(), "brackets and 'not' are nested deeper than " + MAX_DEPTH + " levels");
        }
        if (accepted("not")) {
            return new Rule.Not(one(depth + 1));
        }
        if (peek().isSymbol("(")) {
            at++;
            Rule inner = rule(depth + 1);
            expect(")", "'and', 'or' or ')'");
            return inner;
        }
        return test();
    }

    private Rule test() throws RuleSyntaxException {
        Token label = peek();
        if (label.kind() != Kind.WORD || label.isReserved()) {
            throw unexpected("a label name, 'not' or '('");
        }
        if (label.text().length() > MAX_LABEL_LENGTH) {
            throw new RuleSyntaxException(
                    label.position(), "a label name has at most " + MAX_LABEL_LENGTH + " characters");
        }
        if (label.text().indexOf('*') >= 0) {
            throw new RuleSyntaxException(label.position(), "'*' may stand in values only, not in a label name");
        }
        at++;
        String name = label.text().toLowerCase(Locale.ROOT);
        if (peek().isSymbol("=")) {
            at++;
            return new Rule.In(name, List.of(value()));
        }
        if (peek().isSymbol("!=")) {
            at++;
            return new Rule.Not(new Rule.In(name, List.of(value())));
        }
        boolean turned = accepted("not");
        if (!accepted("in")) {
            throw unexpected(turned ? "'in' after 'not'" : "'=', '!=', 'in' or 'not in' after the label " + name);
        }
        Rule in = new Rule.In(name, values());
        return turned ? new Rule.Not(in) : in;
    }

    private List<ValuePattern> values() throws RuleSyntaxException {
        expect("(", "'(' before the list of values");
        List<ValuePattern> values = new ArrayList<>();
        values.add(value());
        while (peek().isSymbol(",")) {
            at++;
            values.add(value());
        }
        expect(")", "',' or ')' after a value");
        return values;
    }

    private ValuePattern value() throws RuleSyntaxException {
        Token token = peek();
        if (token.isReserved()) {
            throw unexpected("a value (a word of the language must stand in double quotes)");
        }
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
            throw unexpected("a value");
        }
        at++;
        return new ValuePattern(token.text(), token.kind() == Kind.WORD);
    }

    private boolean accepted(String keyword) {
        boolean found = peek().isKeyword(keyword);
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(String symbol, String expected) throws RuleSyntaxException {
        if (!peek().isSymbol(symbol)) {
            throw unexpected(expected);
        }
        at++;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private RuleSyntaxException unexpected(String expected) {
        return new RuleSyntaxException(peek().position(), "expected " + expected + ", found " + peek().described());
    }
}
