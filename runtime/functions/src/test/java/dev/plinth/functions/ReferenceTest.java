package dev.plinth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.functions.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final String START = "<!-- reference -->\n";
    private static final String END = "<!-- /reference -->";

    @Test
    void listsTheServicesSettingsAndProblemsOfTheCode() throws IOException {
        String page = Files.readString(Path.of("../../infra/docs/reference.md"));

        assertThat(page.substring(page.indexOf(START) + START.length(), page.indexOf(END)))
                .as("the reference in infra/docs/reference.md").isEqualTo(reference());
    }

    private static String reference() {
        StringBuilder text = new StringBuilder("\n## Routes\n\n| service | route |\n|---|---|\n");
        for (Service service : Service.values()) {
            for (Route route : service.routes()) {
                text.append("| ").append(service.environment()).append(" | `").append(route.key()).append("` |\n");
            }
        }
        text.append("\n## Settings\n\n| variable | stack output | property | services |\n|---|---|---|---|\n");
        for (Setting setting : Setting.values()) {
            String users = Arrays.stream(Service.values()).filter(service -> service.settings().contains(setting))
                    .map(Service::environment).collect(Collectors.joining(", "));
            text.append("| `").append(setting.variable()).append("` | `").append(setting.owner().nameIn("dev")).append('.')
                    .append(setting.outputKey()).append("` | `").append(setting.property()).append("` | ")
                    .append(users.isEmpty() ? "none; for callers" : users).append(" |\n");
        }
        text.append("\n## Problems\n\n| type | status | meaning |\n|---|---|---|\n");
        for (ProblemType type : ProblemType.values()) {
            text.append("| `").append(type.uri()).append("` | ").append(type.status()).append(" | ")
                    .append(type.detail()).append(" |\n");
        }
        return text.append('\n').toString();
    }
}
