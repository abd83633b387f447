package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailResourcesTest {
    private static final String TEMPLATE = """
            "Set": {"Type": "AWS::SES::ConfigurationSet", "Properties": {"Name": "mail", "DeliveryOptions": {"TlsPolicy": "REQUIRE"}}},
            "Identity": {"Type": "AWS::SES::EmailIdentity", "Properties": {"EmailIdentity": "plinth.example",
              "ConfigurationSetAttributes": {"ConfigurationSetName": {"Ref": "Set"}}, "FeedbackAttributes": {}}}""";

    @TempDir
    private Path directory;

    private TestCloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new TestCloud(directory);
    }

    @AfterEach
    void stop() throws IOException {
        cloud.close();
    }

    @Test
    void letsMailComeFromTheIdentitiesOfTheTemplates() throws Exception {
        cloud.deploy(TEMPLATE);

        assertThat(cloud.outbox().identityOf("no-reply@PLINTH.example")).hasValue("plinth.example");
        assertThat(cloud.outbox().identityOf("no-reply@mail.plinth.example")).hasValue("plinth.example");
        assertThat(cloud.outbox().identityOf("no-reply@notplinth.example")).isEmpty();
        assertThat(cloud.outbox().configurationSetOf("plinth.example")).hasValue("mail");
        assertThat(cloud.outbox().hasConfigurationSet("mail")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"Ref\": \"Set\"} | \"other\" | a configuration set of these templates",
        "\"Name\": \"mail\" | \"SendingOptions\": {\"SendingEnabled\": false} | true"})
    void refusesWhatItCannotHonour(String right, String wrong, String supported) {
        assertThat(TEMPLATE).contains(right);

        assertThatThrownBy(() -> cloud.deploy(TEMPLATE.replace(right, wrong))).isInstanceOf(TemplateException.class)
                .hasMessageContaining(supported);
    }
}
