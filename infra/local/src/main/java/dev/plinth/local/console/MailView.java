package dev.plinth.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.mail.Mail;
import dev.plinth.local.mail.Outbox;
import java.util.List;

/** The outbox as JSON, newest mail first. */
public final class MailView {
    /** The page shows the newest ones; {@code GET mail} gives all that are kept. */
    private static final int SHOWN = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private MailView() {
    }

    public static void addTo(Console console, Outbox outbox) {
        console.section("mail", () -> of(outbox.mails().stream().limit(SHOWN).toList()));
        console.list("mail", address -> of(address.map(outbox::mailsTo).orElseGet(outbox::mails)));
    }

    private static JsonNode of(List<Mail> mails) {
        ArrayNode nodes = JSON.createArrayNode();
        for (Mail mail : mails) {
            ObjectNode node = nodes.addObject();
            node.put("id", mail.id());
            node.put("time", mail.time().toString());
            node.put("from", mail.from());
            mail.to().forEach(node.putArray("to")::add);
            mail.cc().forEach(node.putArray("cc")::add);
            mail.bcc().forEach(node.putArray("bcc")::add);
            node.put("subject", mail.subject());
            node.put("text", mail.text().orElse(null));
            node.put("html", mail.html().orElse(null));
        }
        return nodes;
    }
}
