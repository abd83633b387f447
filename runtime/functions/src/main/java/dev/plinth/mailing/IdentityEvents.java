package dev.plinth.mailing;

import dev.plinth.functions.event.Message;
import dev.plinth.functions.event.MessageHandler;
import dev.plinth.identity.CodePurpose;
import dev.plinth.outbox.ReceivedEvent;
import dev.plinth.sessions.Codes;
import dev.plinth.sessions.SessionEnding;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles what happened to users. A message that comes again has another code mailed, which takes the place of the
 * first one; sessions that have ended stay so.
 */
@Singleton
class IdentityEvents implements MessageHandler {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityEvents.class);

    private final Recipients recipients;
    private final Codes codes;
    private final SessionEnding sessions;
    private final Mailer mailer;

    IdentityEvents(Recipients recipients, Codes codes, SessionEnding sessions, Mailer mailer) {
        this.recipients = recipients;
        this.codes = codes;
        this.sessions = sessions;
        this.mailer = mailer;
    }

    /** Throws for a message that nobody here understands, which so ends in the dead-letter queue. */
    @Override
    public void handle(Message message) {
        ReceivedEvent event = ReceivedEvent.of(message);
        UUID userId = event.userId();
        switch (event.type()) {
            case VERIFICATION_CODE_REQUESTED -> mailVerificationCode(userId);
            case PASSWORD_RESET_REQUESTED -> mailResetCode(userId);
            case USER_REMOVED -> sessions.endAll(userId);
        }
    }

    private void mailVerificationCode(UUID userId) {
        recipients.find(userId).filter(recipient -> !recipient.verified()).ifPresentOrElse(
                recipient -> mailer.send(
                        Mail.VERIFICATION_CODE, codes.issue(userId, CodePurpose.VERIFY_EMAIL), recipient),
                () -> LOG.atInfo().log("no code needed any more"));
    }

    private void mailResetCode(UUID userId) {
        recipients.find(userId).ifPresentOrElse(
                recipient -> mailer.send(
                        Mail.PASSWORD_RESET, codes.issue(userId, CodePurpose.RESET_PASSWORD), recipient),
                () -> LOG.atInfo().log("no code needed any more"));
    }
}
