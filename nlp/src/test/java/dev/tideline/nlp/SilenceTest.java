package dev.tideline.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** In a process of its own, as CoreNLP's log takes hold of the console before any test could. */
class SilenceTest {
    @Test
    void writesNothingButWhatIsAskedFor() throws IOException, InterruptedException {
        ProcessBuilder oneText = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneText.class.getName())
                .redirectErrorStream(true);
        oneText.environment().remove("JAVA_TOOL_OPTIONS"); // the virtual machine would say that it picked them up
        Process process = oneText.start();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(written.strip()).isEqualTo("assessed: true");
    }

    /** Loads the models and scores a text that the tokenizer would remark upon. */
    static final class OneText {
        private OneText() {}

        public static void main(String[] arguments) {
            TextScore score = TextScorer.shared().score("It does not know \uffff this, and would say so.");
            System.out.println("assessed: " + score.assessed());
        }
    }
}
