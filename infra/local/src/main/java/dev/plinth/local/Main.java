package dev.plinth.local;

import dev.plinth.local.cloud.DirectoryLock;
import dev.plinth.local.cloud.LaptopCloud;
import dev.plinth.local.cloud.Progress;
import dev.plinth.local.iam.PolicyException;
import dev.plinth.local.lambda.RuntimeClientKind;
import dev.plinth.local.net.LoopbackServer.PortException;
import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the laptop's cloud. */
@Command(name = "local", description = "Runs a synthesised CDK application on this laptop.", mixinStandardHelpOptions = true,
        subcommands = {Main.Run.class, Main.Prepare.class})
public final class Main {
    private static final int REFUSED = 1;

    private Main() {
    }

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof TemplateException || failure instanceof PolicyException || failure instanceof PortException
                    || failure instanceof LaptopCloud.StartException) {
                System.err.println(failure.getMessage());
            } else {
                failure.printStackTrace();
            }
            return REFUSED;
        });
        System.exit(line.execute(arguments));
    }

    /** Flags of both commands. */
    static final class Common {
        @Option(names = "--assembly", paramLabel = "DIR", defaultValue = "cdk.out",
                description = "The cloud assembly, as cdk synth wrote it (default: ${DEFAULT-VALUE}).")
        private Path assembly;

        @Option(names = "--work", paramLabel = "DIR", defaultValue = ".local",
                description = "Where the file env and the functions' class archives are kept (default: ${DEFAULT-VALUE}).")
        private Path work;

        @Option(names = "--region", defaultValue = "us-east-1", description = "The region to be (default: ${DEFAULT-VALUE}).")
        private String region;
    }

    /** Starts the cloud and serves it until the process is ended. */
    @Command(name = "run", description = "Start the cloud, and serve it until Ctrl-C.", mixinStandardHelpOptions = true)
    static final class Run implements Callable<Integer> {
        @CommandLine.Mixin
        private Common common;

        @Option(names = "--data", paramLabel = "DIR",
                description = "Keep the data in this directory between runs (default: in memory).")
        private Path data;

        @Option(names = "--api-port", paramLabel = "PORT", defaultValue = "0",
                description = "Port of the HTTP API (default: a free one).")
        private int apiPort;

        @Option(names = "--door-port", paramLabel = "PORT", defaultValue = "0",
                description = "Port of the AWS endpoint and the console page (default: a free one).")
        private int doorPort;

        @Option(names = "--processes", paramLabel = "N", defaultValue = "2",
                description = "The largest number of processes of one function; a smaller reserved concurrency of the "
                        + "template wins (default: ${DEFAULT-VALUE}).")
        private int processes;

        @Option(names = "--webhook-receiver", paramLabel = "HOST:PORT", description = "Let webhooks go to this address"
                + " inside the laptop or its network, besides the console's own receiver; may be given more than once.")
        private List<String> receivers = List.of();

        @Option(names = "--with-parent", description = "End when standard input closes; for programs that start the cloud.")
        private boolean withParent;

        @Override
        public Integer call() throws IOException {
            Path env = common.work.resolve("env");
            DirectoryLock lock = DirectoryLock.take(common.work, "Stop that one, or choose another --work.");
            LaptopCloud cloud = LaptopCloud.start(new LaptopCloud.Options(common.assembly, common.work,
                    Optional.ofNullable(data), apiPort, doorPort, processes, common.region,
                    RuntimeClientKind.PORTABLE, receivers), new Progress(System.out));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(cloud, env, lock), "shutdown"));
            cloud.makeArchives();
            try {
                Files.writeString(env, cloud.shellVariables());
            } catch (IOException e) {
                throw new LaptopCloud.StartException("The file " + env + " cannot be written: " + e.getMessage());
            }
            cloud.announce(env);
            if (withParent) {
                awaitEndOfInput();
            } else {
                awaitEver();
            }
            return 0;
        }

        private static void awaitEndOfInput() {
            try {
                while (System.in.read() >= 0) {
                    // The parent writes nothing; only the end counts.
                }
            } catch (IOException e) {
                System.err.println("The parent's pipe broke: " + e.getMessage());
            }
        }

        private static void awaitEver() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void close(LaptopCloud cloud, Path env, DirectoryLock lock) {
            try {
                Files.deleteIfExists(env);
                cloud.close();
                lock.close();
            } catch (IOException e) {
                System.err.println("Not everything was closed in order: " + e);
            }
        }
    }

    /** Makes the class archives that shorten the start of functions. */
    @Command(name = "prepare", description = "Make the class archives that shorten the start of functions, where they are missing.",
            mixinStandardHelpOptions = true)
    static final class Prepare implements Callable<Integer> {
        @CommandLine.Mixin
        private Common common;

        @Override
        public Integer call() throws IOException {
            LaptopCloud.Options options = new LaptopCloud.Options(common.assembly, common.work,
                    Optional.empty(), 0, 0, 1, common.region, RuntimeClientKind.PORTABLE);
            try (LaptopCloud cloud = LaptopCloud.start(options, new Progress(System.out))) {
                cloud.makeArchives();
            }
            return 0;
        }
    }
}
