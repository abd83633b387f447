package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.RemovalPolicy;

class StageTest {
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:alarms";

    @Test
    void choosesDevWhenTheContextNamesNone() {
        assertThat(chosenBy(Map.of()).name()).isEqualTo("dev");
    }

    @Test
    void rejectsUnknownStageAndListsTheKnown() {
        assertThatThrownBy(() -> chosenBy(Map.of("stage", "live")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no stage 'live': choose one by -c stage=dev|staging|prod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void retainsStateOutsideDev(String name) {
        Stage stage = chosenBy(Map.of("stage", name));

        assertThat(stage.disposable()).isFalse();
        assertThat(stage.removalPolicy()).isEqualTo(RemovalPolicy.RETAIN);
    }

    @Test
    void takesOriginsFromTheContext() {
        Stage stage = chosenBy(Map.of("stage", "prod", "corsOrigins", "https://a.example,https://b.example:8443"));

        assertThat(stage.corsOrigins()).containsExactly("https://a.example", "https://b.example:8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://*", "http://shop.example", "http://localhost:3000", "https://a.example/",
            "https://a.example,", "https://a.example, https://b.example", ""})
    void rejectsWhatIsNoOriginOfTheStage(String origins) {
        assertThatThrownBy(() -> chosenBy(Map.of("stage", "prod", "corsOrigins", origins)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no CORS origin for stage prod");
    }

    @Test
    void allowsPagesOfTheDevelopersOwnMachineInDev() {
        assertThat(chosenBy(Map.of("stage", "dev", "corsOrigins", "http://localhost:4200")).corsOrigins())
                .containsExactly("http://localhost:4200");
    }

    @Test
    void takesTheTopicOfAlarmsFromTheContext() {
        assertThat(chosenBy(Map.of("alarmTopicArn", TOPIC)).alarmTopicArn()).contains(TOPIC);
    }

    @Test
    void rejectsWhatIsNoTopic() {
        assertThatThrownBy(() -> chosenBy(Map.of("alarmTopicArn", "arn:aws:sqs:eu-west-1:123456789012:alarms")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no ARN of an SNS topic");
    }

    @Test
    void takesAddressesFromTheContext() {
        Stage stage = chosenBy(
                Map.of("mailSender", "Mail.Room+a@mail.shop.example", "operatorEmail", "ada@shop.example"));

        assertThat(stage.mail()).isEqualTo(new Stage.Mail("Mail.Room+a@mail.shop.example", "ada@shop.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailSender", "operatorEmail"})
    void rejectsContextWithoutAddress(String key) {
        Map<String, String> addresses = new HashMap<>(
                Map.of("mailSender", "mail@shop.example", "operatorEmail", "ada@shop.example"));
        addresses.remove(key);

        assertThatThrownBy(() -> Stage.chosenBy(addresses::get))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no " + key + ": give one by -c " + key + "=name@domain.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "@shop.example", "ada@shop", "ada@shop.example ", "a da@shop.example",
            "ada@shop.example,bob@shop.example", "Ada <ada@shop.example>", "ada@shop..example"})
    void rejectsWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> chosenBy(Map.of("mailSender", address)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("'" + address + "' is no e-mail address: give one by -c mailSender=name@domain.");
    }

    private static Stage chosenBy(Map<String, String> context) {
        return Synthesis.stage(context);
    }
}
