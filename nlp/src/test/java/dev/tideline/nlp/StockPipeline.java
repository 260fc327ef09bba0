package dev.tideline.nlp;

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.neural.rnn.RNNCoreAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.sentiment.SentimentCoreAnnotations;
import edu.stanford.nlp.util.CoreMap;
import java.util.List;
import java.util.Properties;

/** CoreNLP as its manual sets it up, with nothing of ours around it: what our answers are measured by. */
final class StockPipeline {
    private final StanfordCoreNLP pipeline;

    StockPipeline() {
        Properties properties = new Properties();
        properties.setProperty("annotators", "tokenize,ssplit,pos,parse,sentiment");
        properties.setProperty("parse.model", "edu/stanford/nlp/models/srparser/englishSR.ser.gz");
        properties.setProperty("parse.buildgraphs", "false");
        properties.setProperty("ssplit.newlineIsSentenceBreak", "always");
        pipeline = new StanfordCoreNLP(properties);
    }

    List<CoreNlp.Sentence> read(String text) {
        Annotation annotation = new Annotation(text);
        pipeline.annotate(annotation);
        return annotation.get(CoreAnnotations.SentencesAnnotation.class).stream()
                .map(StockPipeline::sentence)
                .toList();
    }

    /** The class that CoreNLP itself names for a text of one sentence. */
    int onlyClass(String text) {
        Annotation annotation = new Annotation(text);
        pipeline.annotate(annotation);
        List<CoreMap> sentences = annotation.get(CoreAnnotations.SentencesAnnotation.class);
        if (sentences.size() != 1) {
            throw new IllegalArgumentException("one sentence expected, not " + sentences.size());
        }
        return RNNCoreAnnotations.getPredictedClass(
                sentences.get(0).get(SentimentCoreAnnotations.SentimentAnnotatedTree.class));
    }

    private static CoreNlp.Sentence sentence(CoreMap sentence) {
        return new CoreNlp.Sentence(
                sentence.get(CoreAnnotations.TokensAnnotation.class).size(),
                RNNCoreAnnotations.getPredictionsAsStringList(
                        sentence.get(SentimentCoreAnnotations.SentimentAnnotatedTree.class)));
    }
}
