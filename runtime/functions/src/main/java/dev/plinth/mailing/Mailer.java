package dev.plinth.mailing;

import dev.plinth.contract.Setting;
import dev.plinth.functions.aws.AwsFailures;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Content;

/** Sends mail by SES. */
@Singleton
class Mailer {
    private final SesV2Client ses;
    private final String sender;

    Mailer(SesV2Client ses, Environment environment) {
        this.ses = ses;
        this.sender = environment.getRequiredProperty(Setting.MAIL_SENDER.property(), String.class);
    }

    void send(Mail mail, String code, Recipient recipient) {
        AwsFailures.calling(() -> ses.sendEmail(request -> request
                .fromEmailAddress(sender)
                .destination(to -> to.toAddresses(recipient.deliverable()))
                .content(content -> content.simple(message -> message
                        .subject(utf8(mail.subject()))
                        .body(body -> body.text(utf8(mail.text(code))).html(utf8(mail.html(code))))))));
    }

    private static Content utf8(String text) {
        return Content.builder().data(text).charset(StandardCharsets.UTF_8.name()).build();
    }
}
