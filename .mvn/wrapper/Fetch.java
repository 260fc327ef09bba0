import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches a Maven distribution: {@code java Fetch.java URL SHA512 FOLDER}.
 *
 * <p>FOLDER appears complete or not at all. All work is done in a folder of our own beside it, which is renamed at the
 * end; of several that start at once, the first rename wins and the others throw theirs away.
 */
final class Fetch {

    private static final int ATTEMPTS = 3;

    private Fetch() {}

    public static void main(String[] arguments) throws InterruptedException {
        URI source = URI.create(arguments[0]);
        Path target = Path.of(arguments[2]);
        try {
            fetch(source, arguments[1], target);
        } catch (IOException | UncheckedIOException problem) {
            System.err.println("mvnw: cannot fetch " + source + ": " + problem.getMessage());
            System.exit(1);
        }
    }

    private static void fetch(URI source, String sha512, Path target) throws IOException, InterruptedException {
        Path parent = Files.createDirectories(target.toAbsolutePath().getParent());
        Path workshop = Files.createTempDirectory(parent, ".fetching-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(workshop)));
        Path archive = workshop.resolve("maven.zip");
        download(source, archive);
        verify(archive, sha512);
        Path unpacked = unpack(archive, Files.createDirectory(workshop.resolve("unpacked")));
        try {
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException occupied) {
            if (!Files.exists(target)) {
                throw occupied;
            }
        }
    }

    private static void download(URI source, Path archive) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(source).timeout(Duration.ofMinutes(5)).build();
        for (int attempt = 1; ; attempt++) {
            try {
                int status = client.send(request, BodyHandlers.ofFile(archive)).statusCode();
                if (status == 200) {
                    return;
                }
                throw new IOException("the server answered " + status);
            } catch (IOException problem) {
                if (attempt == ATTEMPTS) {
                    throw problem.getMessage() == null ? new IOException("no connection", problem) : problem;
                }
            }
        }
    }

    private static void verify(Path archive, String expected) throws IOException {
        String actual;
        try {
            actual = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (!actual.equalsIgnoreCase(expected)) {
            throw new IOException("its SHA-512 is " + actual + ", not the one in maven-wrapper.properties");
        }
    }

    /** Unpacks, and returns the one folder that the archive holds. */
    private static Path unpack(Path archive, Path into) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                if (!file.startsWith(into)) {
                    throw new IOException("the archive wants to write outside of its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        try (Stream<Path> folders = Files.list(into)) {
            Path distribution = folders.findFirst().orElseThrow(() -> new IOException("the archive is empty"));
            distribution.resolve("bin").resolve("mvn").toFile().setExecutable(true, false);
            return distribution;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException ignored) {
            // What cannot be deleted stays behind as a hidden folder, which nobody reads.
        }
    }
}
