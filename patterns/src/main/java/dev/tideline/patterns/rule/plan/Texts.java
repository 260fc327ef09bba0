package dev.tideline.patterns.rule.plan;

import com.google.re2j.Pattern;
import java.util.function.BiPredicate;

/** What is asked about strings. */
final class Texts {
    private Texts() {}

    static <S> Truth<S> ask(BiPredicate<String, String> question, Node<S> text, Node<S> part) {
        String constant = Constant.text(part);
        if (constant != null) {
            return trial ->
                    text.boxed(trial) instanceof String whole ? Truth.of(question.test(whole, constant)) : Truth.ERROR;
        }
        return trial -> text.boxed(trial) instanceof String whole && part.boxed(trial) instanceof String other
                ? Truth.of(question.test(whole, other))
                : Truth.ERROR;
    }

    /** Whether the expression is found anywhere in the text; allocates. */
    static <S> Truth<S> matches(Node<S> text, Pattern expression) {
        return trial -> text.boxed(trial) instanceof String whole
                ? Truth.of(expression.matcher(whole).find())
                : Truth.ERROR;
    }
}
