package dev.tideline.nlp;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.neural.rnn.RNNCoreAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.sentiment.SentimentCoreAnnotations;
import edu.stanford.nlp.trees.Tree;
import edu.stanford.nlp.util.CoreMap;
import edu.stanford.nlp.util.RuntimeInterruptedException;
import edu.stanford.nlp.util.logging.RedwoodConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Stanford CoreNLP's sentiment by the shift-reduce parser, sentence by sentence, and the only class that knows it.
 *
 * <p>It reads in two steps, because only the tokenizer can say how long a sentence is to CoreNLP: first tokens and
 * sentences, then, after the limits were applied, tags, trees and sentiment. The limits and their reasons:
 *
 * <ul>
 *   <li>{@link #MAX_SENTENCE_TOKENS} a sentence: a tree may be as deep as its sentence is long, and CoreNLP walks trees
 *       by recursion; from some 3,000 tokens (or 2,000 opening brackets) it overflows the stack. Longer sentences are
 *       ended early. Newspaper sentences have 20 to 25 tokens.
 *   <li>{@link #MAX_EFFORT} a text, in units of {@link ReadingEffort}: {@code TextGuard}'s characters are about 1,400
 *       tokens in prose, which this lets pass, but could be 6,000 in a text of signs, or 3,000 that each cost eight times
 *       as much as a word.
 * </ul>
 *
 * <p>Safe for use by many threads. CoreNLP's own log is switched off for the process, as it may quote the text.
 */
final class CoreNlp {
    static final String MODEL = "corenlp-4.5.10-sr";
    static final int CLASSES = 5;
    static final int MAX_SENTENCE_TOKENS = 120;
    static final int MAX_EFFORT = 3_000;
    private static final int ALL = -1;

    private final StanfordCoreNLP splitting;
    private final StanfordCoreNLP understanding;

    CoreNlp() {
        RedwoodConfiguration.empty().apply();
        try {
            splitting = new StanfordCoreNLP(properties("tokenize,ssplit"));
            understanding = new StanfordCoreNLP(properties("pos,parse,sentiment"), false);
        } catch (RuntimeException missing) {
            throw new IllegalStateException("The language models cannot be read from the class path", missing);
        }
    }

    /** One sentence: its tokens and the probabilities of the five classes, very negative first. */
    record Sentence(int tokens, List<Double> probabilities) {}

    /**
     * All that was read of a text.
     *
     * @param cut what was left out or broken up, or null
     */
    record Reading(List<Sentence> sentences, @Nullable String cut) {}

    /**
     * Reads to the end even when the thread is interrupted, as a score must depend on its text alone; the interrupt is
     * kept for the caller. (CoreNLP would forget it and throw.)
     */
    Reading read(String text) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return readOnce(text);
                } catch (RuntimeInterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Reading readOnce(String text) {
        String cut = null;
        Annotation annotation = split(text);
        String broken = breakLongSentences(text, annotation);
        if (!broken.equals(text)) {
            cut = "sentences of more than " + MAX_SENTENCE_TOKENS + " words were broken up";
            annotation = split(broken);
        }
        int read = dropTail(annotation);
        if (read != ALL) {
            cut = TextGuard.join(cut, "all after the first " + read + " words");
        }
        understanding.annotate(annotation);
        return new Reading(sentences(annotation), cut);
    }

    private Annotation split(String text) {
        Annotation annotation = new Annotation(text);
        splitting.annotate(annotation);
        return annotation;
    }

    private static String breakLongSentences(String text, Annotation annotation) {
        StringBuilder broken = new StringBuilder(text);
        int inserted = 0;
        for (CoreMap sentence : annotation.get(CoreAnnotations.SentencesAnnotation.class)) {
            List<CoreLabel> tokens = tokens(sentence);
            for (int token = MAX_SENTENCE_TOKENS; token < tokens.size(); token += MAX_SENTENCE_TOKENS) {
                broken.insert(tokens.get(token).beginPosition() + inserted, '\n');
                inserted++;
            }
        }
        return broken.toString();
    }

    /** Drops the sentences that go beyond the limit, and returns how many tokens are left, or -1 for all. */
    private static int dropTail(Annotation annotation) {
        List<CoreMap> sentences = annotation.get(CoreAnnotations.SentencesAnnotation.class);
        ReadingEffort effort = new ReadingEffort();
        int spent = 0;
        int read = 0;
        for (int sentence = 0; sentence < sentences.size(); sentence++) {
            for (CoreLabel token : tokens(sentences.get(sentence))) {
                spent += effort.next(token.word());
            }
            if (spent > MAX_EFFORT) {
                annotation.set(
                        CoreAnnotations.SentencesAnnotation.class, new ArrayList<>(sentences.subList(0, sentence)));
                return read;
            }
            read += tokens(sentences.get(sentence)).size();
        }
        return ALL;
    }

    private static List<Sentence> sentences(Annotation annotation) {
        List<Sentence> sentences = new ArrayList<>();
        for (CoreMap sentence : annotation.get(CoreAnnotations.SentencesAnnotation.class)) {
            Tree tree = sentence.get(SentimentCoreAnnotations.SentimentAnnotatedTree.class);
            sentences.add(new Sentence(tokens(sentence).size(), RNNCoreAnnotations.getPredictionsAsStringList(tree)));
        }
        return sentences;
    }

    private static List<CoreLabel> tokens(CoreMap sentence) {
        return sentence.get(CoreAnnotations.TokensAnnotation.class);
    }

    private static Properties properties(String annotators) {
        Properties properties = new Properties();
        properties.setProperty("annotators", annotators);
        properties.setProperty("ssplit.newlineIsSentenceBreak", "always");
        // Drops what the tokenizer does not know, as is its default, but without a word in the log.
        properties.setProperty("tokenize.options", "untokenizable=noneDelete");
        properties.setProperty("parse.model", "edu/stanford/nlp/models/srparser/englishSR.ser.gz");
        // Sentiment needs trees only; the graphs would take more than half of the time.
        properties.setProperty("parse.buildgraphs", "false");
        properties.setProperty("parse.binaryTrees", "true");
        return properties;
    }
}
