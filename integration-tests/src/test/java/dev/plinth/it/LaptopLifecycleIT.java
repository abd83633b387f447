package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the laptop's cloud starts, refuses to start, and ends. */
@Tag("laptop")
class LaptopLifecycleIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void keepsDataBetweenRunsAndLeavesNoProcessWhenItCrashes(@TempDir Path data) throws Exception {
        String email = People.freshEmail();
        String id;
        long function;
        Laptop first = Laptop.start("kept", Laptop.ASSEMBLY, "--data", data.toString());
        try {
            Person ada = new People(first).signUp(email);
            id = ada.orders().created(email).path("id").asText();
            function = functionProcess(first);

            Laptop second = Laptop.launch("kept-second", Laptop.ASSEMBLY, "--data", data.toString());
            assertThat(second.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.process().exitValue()).isNotZero();
            assertThat(second.output()).contains("in use by another cloud", "--data").doesNotContain("\tat ");
        } finally {
            first.process().destroyForcibly();
        }
        Await.until("the function's process ends with its host", SOON, () -> ProcessHandle.of(function).isEmpty());

        try (Laptop again = Laptop.start("kept", Laptop.ASSEMBLY, "--data", data.toString())) {
            URI api = URI.create(again.variables().get(Setting.API_URL.variable()));
            assertThat(Person.signedIn(api, email, People.PASSWORD).orders().get(id).status()).isEqualTo(200);
        }
    }

    @Test
    void leavesNoProcessAndNoFileWhenItIsStopped() throws Exception {
        Laptop laptop = Laptop.start("stopped", Laptop.ASSEMBLY);
        assertThat(orders(laptop).send("GET", "/orders/health/check", null).status()).isEqualTo(200);
        long function = functionProcess(laptop);

        laptop.process().destroy();

        assertThat(laptop.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        Await.until("the function's process ends with its host", SOON, () -> ProcessHandle.of(function).isEmpty());
        assertThat(Laptop.ROOT.resolve("integration-tests/target/clouds/stopped/env")).doesNotExist();
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());

            Laptop laptop = Laptop.launch("taken", Laptop.ASSEMBLY, "--api-port", port);

            assertThat(laptop.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(laptop.process().exitValue()).isNotZero();
            assertThat(laptop.output()).contains("Port " + port, "--api-port", "taken").doesNotContain("Exception");
        }
    }

    @Test
    void stopsAtAnUnknownResourceTypeWithItsConstructPath(@TempDir Path directory) throws Exception {
        assertStops(directory, template -> {
            ObjectNode queue = ((ObjectNode) template.path("Resources")).putObject("Mystery");
            queue.put("Type", "AWS::Mystery::Thing");
            queue.putObject("Metadata").put("aws:cdk:path", "PlinthDevTables/Mystery/Resource");
        }, "AWS::Mystery::Thing", "PlinthDevTables/Mystery/Resource");
    }

    @Test
    void stopsAtAPropertyThatItCannotHonour(@TempDir Path directory) throws Exception {
        assertStops(directory, template -> ((ObjectNode) table(template).path("Properties")).put("TableClass", "STANDARD_INFREQUENT_ACCESS"),
                "TableClass", "PlinthDevTables/");
    }

    @Test
    void stopsAtAnUnknownIntrinsic(@TempDir Path directory) throws Exception {
        assertStops(directory, template -> ((ObjectNode) table(template).path("Properties")).putObject("TableName").put("Fn::Guess", "x"),
                "Fn::Guess", "PlinthDevTables/");
    }

    private static void assertStops(Path directory, Consumer<JsonNode> edit, String... said) throws Exception {
        Path assembly = Assembly.edited(directory, StackId.TABLES.nameIn("dev"), edit);
        Laptop laptop = Laptop.launch("refused", assembly);
        assertThat(laptop.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(laptop.process().exitValue()).isNotZero();
        assertThat(laptop.output()).contains(said).doesNotContain("\tat ");
        assertThat(Files.exists(Laptop.ROOT.resolve("integration-tests/target/clouds/refused/env"))).isFalse();
    }

    private static JsonNode table(JsonNode template) {
        for (JsonNode resource : template.path("Resources")) {
            if (resource.path("Type").asText().startsWith("AWS::DynamoDB::")) {
                return resource;
            }
        }
        throw new AssertionError("The template has no table");
    }

    private static Orders orders(Laptop laptop) {
        return new Orders(Api.anonymous(URI.create(laptop.variables().get(Setting.API_URL.variable()))));
    }

    private static long functionProcess(Laptop laptop) {
        long pid = laptop.state().path("functions").findValue("processes").findValue("pid").asLong();
        assertThat(ProcessHandle.of(pid)).isPresent();
        return pid;
    }
}
