package dev.tideline.job.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.docker.DockerFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A Flink session cluster of several processes on this machine, started as Flink's scripts start it, with the properties
 * that {@code docker/compose.yaml} gives it, but for places and sizes.
 */
final class FlinkCluster implements AutoCloseable {
    private static final String ENTRY = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final String CLIENT = "org.apache.flink.client.cli.CliFrontend";
    private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final String LOGGING = """
            rootLogger.level = info
            rootLogger.appenderRef.screen.ref = screen
            appender.screen.type = Console
            appender.screen.name = screen
            appender.screen.layout.type = PatternLayout
            appender.screen.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} - %m%n%ex
            logger.metrics.name = org.apache.flink.metrics.MetricGroup
            logger.metrics.level = off
            logger.kafka.name = org.apache.kafka
            logger.kafka.level = warn
            """;

    private final Path folder;
    private final int restPort = freePort();
    private final List<String> libraries = JobJar.flink();
    private final List<JavaProcess> processes = new CopyOnWriteArrayList<>();
    private boolean closed;

    private FlinkCluster(Path folder) {
        this.folder = folder;
    }

    /** Starts a cluster without any task manager yet. */
    static FlinkCluster start(Path folder) throws IOException {
        return start(folder, Map.of());
    }

    /**
     * Starts a cluster without any task manager yet.
     *
     * @param more properties of Flink, which take the place of others of the same name
     */
    static FlinkCluster start(Path folder, Map<String, String> more) throws IOException {
        FlinkCluster cluster = new FlinkCluster(folder);
        Files.createDirectories(folder.resolve("tmp"));
        Files.writeString(folder.resolve("log4j.properties"), LOGGING);
        Files.write(folder.resolve("config.yaml"), cluster.configuration(more));
        cluster.start("job-manager", ENTRY, List.of("-Xmx512m", "-XX:MaxMetaspaceSize=256m"), cluster.configDir());
        return cluster;
    }

    /** Starts one more task manager. Whichever ends by itself is replaced. */
    synchronized JavaProcess addTaskManager() {
        if (closed) {
            throw new IllegalStateException("the cluster is closed");
        }
        Configuration configuration = GlobalConfiguration.loadConfiguration(folder.toString());
        TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List<String> arguments = new ArrayList<>(configDir());
        arguments.addAll(List.of(
                TaskExecutorProcessUtils.generateDynamicConfigsStr(spec).strip().split(" +")));
        List<String> options = List.of(
                ProcessMemoryUtils.generateJvmParametersStr(spec).strip().split(" +"));
        JavaProcess process = start("task-manager-" + processes.size(), TASK_MANAGER, options, arguments);
        process.ifItEndsByItself(() -> replace(process));
        return process;
    }

    /**
     * Flink ends a task manager where a task cannot be cancelled cleanly, as may happen when it loses the connection to
     * another ("FATAL - exception in exception handler"); Kubernetes starts a new one, and so do we.
     */
    private void replace(JavaProcess fallen) {
        System.out.println("a task manager ended by itself and is replaced\n" + fallen.errors());
        addTaskManager();
    }

    /** Runs the command {@code flink} with these arguments, and returns what it printed. */
    String flink(String... arguments) {
        List<String> options = List.of("-Xmx512m", "--add-opens=java.base/java.util=ALL-UNNAMED");
        return start("flink-" + arguments[0] + "-" + processes.size(), CLIENT, options, List.of(arguments))
                .finish();
    }

    /** Runs the job jar with a configuration, in the background, and returns the job's id. */
    String run(Path configuration, String... options) {
        List<String> words = new ArrayList<>(List.of("run", "-d"));
        words.addAll(List.of(options));
        words.addAll(List.of(JobJar.FILE.toString(), "run", "--config", configuration.toString()));
        String said = flink(words.toArray(String[]::new));
        Matcher matcher = SUBMITTED.matcher(said);
        if (!matcher.find()) {
            throw new AssertionError(SUBMITTED + " in: " + said);
        }
        return matcher.group(1);
    }

    /** What the cluster's REST interface says. */
    JsonNode rest(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + restPort + path))
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }

    /** The end of what each process printed. */
    String diagnosis() {
        List<String> said = new ArrayList<>();
        processes.forEach(process -> said.add(process.errors()));
        processes.forEach(process -> said.add(process.lastLines(60)));
        return String.join("\n\n", said);
    }

    @Override
    public synchronized void close() {
        closed = true;
        processes.forEach(JavaProcess::close);
    }

    private JavaProcess start(String name, String mainClass, List<String> options, List<String> arguments) {
        List<String> all = new ArrayList<>(options);
        all.add("-Dlog4j.configurationFile="
                + folder.resolve("log4j.properties").toUri());
        JavaProcess process = JavaProcess.start(
                name,
                folder,
                new JavaProcess.Program(
                        mainClass, libraries, all, arguments, Map.of("FLINK_CONF_DIR", folder.toString())));
        processes.add(process);
        return process;
    }

    private List<String> configDir() {
        return List.of("--configDir", folder.toString());
    }

    private List<String> configuration(Map<String, String> more) {
        Map<String, String> properties = composeProperties();
        properties.putAll(Map.of(
                "jobmanager.rpc.address", "localhost",
                "jobmanager.rpc.port", String.valueOf(freePort()),
                "rest.address", "localhost",
                "rest.port", String.valueOf(restPort),
                "taskmanager.rpc.port", "0",
                "taskmanager.host", "localhost",
                "parallelism.default", "2",
                "io.tmp.dirs", folder.resolve("tmp").toString(),
                "execution.checkpointing.savepoint-dir",
                        folder.resolve("savepoints").toUri().toString()));
        properties.remove("taskmanager.memory.process.size");
        properties.putAll(Map.of(
                "taskmanager.memory.task.heap.size", "900m",
                "taskmanager.memory.managed.size", "192m",
                "taskmanager.memory.network.max", "64m"));
        // A dead task manager is missed within seconds, and the client waits for a cluster that is still starting.
        properties.putAll(Map.of(
                "heartbeat.interval", "1s",
                "heartbeat.timeout", "15s",
                "rest.retry.max-attempts", "300",
                "rest.retry.delay", "300ms"));
        properties.putAll(more);
        return properties.entrySet().stream()
                .map(property -> property.getKey() + ": " + property.getValue())
                .toList();
    }

    private static Map<String, String> composeProperties() {
        Map<String, Object> environment =
                DockerFolder.group(DockerFolder.yaml("compose.yaml"), "services", "jobmanager", "environment");
        Map<String, String> properties = new TreeMap<>();
        DockerFolder.value(environment, "FLINK_PROPERTIES").lines().forEach(line -> {
            String[] property = line.split(": ", 2);
            properties.put(property[0], property[1]);
        });
        return properties;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
