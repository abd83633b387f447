package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console page of the laptop's cloud, as a browser shows it. */
@Tag("laptop")
@Tag("browser")
class ConsolePageIT {
    private final SystemUnderTest system = SystemUnderTest.get();

    @Test
    void showsOutputsProcessesAndRequests(@TempDir Path profile) throws Exception {
        system.orders().send("GET", "/orders/health/check", null);

        String page = render(profile);

        assertThat(page).contains("As of ", system.output(Setting.API_URL), system.output(Setting.ORDERS_TABLE_NAME),
                "PlinthDevRuntime/orders/Function/Resource", "idle, ready in", "/orders/health/check", "dynamodb:GetItem");
    }

    @Test
    void showsWhatCallersSentAsText(@TempDir Path profile) throws Exception {
        system.orders().send("GET", "/'%22><img/src=x>".replace("<", "%3C").replace(">", "%3E"), null);
        system.laptop().orderFault("""
                {"operation": "dynamodb:PutItem", "error": "<img src=x id=injected>", "status": 400}""");
        try {
            assertThat(render(profile)).contains("&lt;img src=x id=injected&gt;").doesNotContain("<img");
        } finally {
            system.laptop().clearFaults();
        }
    }

    @Test
    void showsMailAsTextAndSecretsWithoutTheirValues(@TempDir Path profile) throws Exception {
        system.laptop().sendMail(system.output(Setting.MAIL_SENDER), "reader@plinth.example",
                "Hello <img src=x id=subject>", "Your code is 424242 <img src=x id=body>");

        String page = render(profile);

        assertThat(page).contains("reader@plinth.example", "Hello &lt;img src=x id=subject&gt;",
                "Your code is 424242 &lt;img src=x id=body&gt;", "<h2>Secrets</h2>", "AWSCURRENT", "<button>rotate now</button>")
                .doesNotContain("<img").doesNotContain("\"d\":");
    }

    private String render(Path profile) throws IOException, InterruptedException {
        String browser = Objects.requireNonNull(System.getenv("CHROMIUM"), "CHROMIUM names the browser; make test sets it");
        Process process = new ProcessBuilder(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--user-data-dir=" + profile, "--virtual-time-budget=3000", "--dump-dom",
                system.laptop().variables().get("AWS_ENDPOINT_URL") + "/_plinth/")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String page = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return page;
    }
}
