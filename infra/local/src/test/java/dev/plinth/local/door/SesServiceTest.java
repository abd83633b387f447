package dev.plinth.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.journal.Journal;
import dev.plinth.local.mail.Mail;
import dev.plinth.local.mail.Outbox;
import dev.plinth.local.net.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** The AWS SDK sends mail through the door. */
class SesServiceTest {
    private static final String IDENTITY = AwsCallers.ACCOUNT.arn("ses", "identity/plinth.example");

    private final Callers callers = new Callers();
    private final Outbox outbox = new Outbox();
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        Door door = new Door(callers, new Faults(), new Journal(), denial -> { });
        door.openMail(AwsCallers.ACCOUNT, outbox);
        server = LoopbackServer.start("a test", "(no flag)", 0, door::answer);
        outbox.addIdentity("plinth.example", Optional.empty());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void keepsAMailWithWhatItsReaderWouldSee() {
        SesV2Client client = client(AwsCallers.withStatements(callers, allow(IDENTITY)));

        String id = client.sendEmail(mail("Plinth <no-reply@plinth.example>", "Ada <ada@example.com>")).messageId();

        Mail mail = outbox.mailsTo("ADA@example.com").get(0);
        assertThat(mail.id()).isEqualTo(id);
        assertThat(mail.from()).isEqualTo("Plinth <no-reply@plinth.example>");
        assertThat(mail.to()).containsExactly("ada@example.com");
        assertThat(mail.subject()).isEqualTo("Ihr Schlüssel");
        assertThat(mail.text()).hasValue("123456\n");
        assertThat(mail.html()).isEmpty();
    }

    @Test
    void readsTheHeaderOfARawMail() {
        SesV2Client client = client(AwsCallers.provider(Callers.OPERATOR));

        client.sendEmail(send -> send.content(content -> content.raw(raw -> raw.data(SdkBytes.fromUtf8String(
                "From: no-reply@plinth.example\r\nTo: ada@example.com,\r\n bob@example.com\r\nSubject: Hello\r\n\r\nTo: you\r\n")))));

        assertThat(outbox.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).containsExactly("ada@example.com", "bob@example.com");
            assertThat(mail.subject()).isEqualTo("Hello");
            assertThat(mail.text()).hasValue("To: you\n");
        });
    }

    @Test
    void rejectsASenderWhoseIdentityIsNotVerified() {
        SesV2Client client = client(AwsCallers.provider(Callers.OPERATOR));

        assertThatThrownBy(() -> client.sendEmail(mail("no-reply@notplinth.example", "ada@example.com")))
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContaining("Email address is not verified")
                .hasMessageContaining("no-reply@notplinth.example");
        assertThat(outbox.mails()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"not an address, ada@example.com", "no-reply@plinth.example, ada"})
    void refusesWhatIsNoAddress(String from, String to) {
        assertThatThrownBy(() -> client(AwsCallers.provider(Callers.OPERATOR)).sendEmail(mail(from, to)))
                .isInstanceOf(BadRequestException.class);
        assertThat(outbox.mails()).isEmpty();
    }

    @Test
    void refusesAConfigurationSetThatDoesNotExist() {
        assertThatThrownBy(() -> client(AwsCallers.provider(Callers.OPERATOR)).sendEmail(
                mail("no-reply@plinth.example", "ada@example.com").andThen(send -> send.configurationSetName("other"))))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void wantsThePermissionOfTheIdentityThatSesFinds() {
        outbox.addIdentity("boss@plinth.example", Optional.empty());
        SesV2Client client = client(AwsCallers.withStatements(callers, allow(IDENTITY)));

        client.sendEmail(mail("x@mail.plinth.example", "ada@example.com"));
        assertThatThrownBy(() -> client.sendEmail(mail("boss@plinth.example", "ada@example.com")))
                .isInstanceOfSatisfying(SesV2Exception.class, denied -> {
                    assertThat(denied.statusCode()).isEqualTo(403);
                    assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                    assertThat(denied.getMessage()).contains("ses:SendEmail", "identity/boss@plinth.example");
                });
    }

    @Test
    void wantsThePermissionOfTheConfigurationSetAsWell() {
        outbox.addConfigurationSet("mail");
        outbox.addIdentity("set.example", Optional.of("mail"));
        SesV2Client without = client(AwsCallers.withStatements(callers,
                allow(AwsCallers.ACCOUNT.arn("ses", "identity/*"))));

        assertThatThrownBy(() -> without.sendEmail(mail("a@set.example", "ada@example.com")))
                .hasMessageContaining("configuration-set/mail");
        client(AwsCallers.withStatements(callers, allow(AwsCallers.ACCOUNT.arn("ses", "*"))))
                .sendEmail(mail("a@set.example", "ada@example.com"));

        assertThat(outbox.mails()).hasSize(1);
    }

    @Test
    void givesPoliciesTheSendersAddress() {
        AwsCredentialsProvider role = AwsCallers.withStatements(callers, """
                {"Effect": "Allow", "Action": "ses:SendEmail", "Resource": "%s",
                 "Condition": {"StringEquals": {"ses:FromAddress": "no-reply@plinth.example"}}}""".formatted(IDENTITY));

        client(role).sendEmail(mail("Plinth <no-reply@plinth.example>", "ada@example.com"));
        assertThatThrownBy(() -> client(role).sendEmail(mail("boss@plinth.example", "ada@example.com")))
                .hasMessageContaining("not authorized");
    }

    @Test
    void keepsABoundedNumberOfMails() {
        SesV2Client client = client(AwsCallers.provider(Callers.OPERATOR));

        for (int i = 0; i < 510; i++) {
            client.sendEmail(mail("a@plinth.example", i + "@example.com"));
        }

        assertThat(outbox.mails()).hasSize(500);
        assertThat(outbox.mailsTo("9@example.com")).isEmpty();
        assertThat(outbox.mailsTo("509@example.com")).hasSize(1);
    }

    private static Consumer<SendEmailRequest.Builder> mail(String from, String to) {
        return send -> send.fromEmailAddress(from).destination(destination -> destination.toAddresses(to))
                .content(content -> content.simple(simple -> simple
                        .subject(subject -> subject.data("Ihr Schlüssel").charset(StandardCharsets.UTF_8.name()))
                        .body(body -> body.text(text -> text.data("123456\n")))));
    }

    private static String allow(String resource) {
        return "{\"Effect\": \"Allow\", \"Action\": \"ses:SendEmail\", \"Resource\": \"" + resource + "\"}";
    }

    private SesV2Client client(AwsCredentialsProvider credentials) {
        return SesV2Client.builder().endpointOverride(URI.create(server.url())).region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create()).credentialsProvider(credentials)
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))).build();
    }
}
