package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a SendEmail call asks for; nothing in it has been checked. */
record Letter(String from, List<String> to, List<String> cc, List<String> bcc, Optional<String> configurationSet,
              Optional<Content> content) {

    /** Subject and body, of which at least one form is there. */
    record Content(String subject, Optional<String> text, Optional<String> html) {
    }

    static Letter of(JsonNode input) {
        JsonNode destination = input.path("Destination");
        Optional<String> raw = Optional.ofNullable(input.at("/Content/Raw/Data").textValue()).flatMap(Letter::decoded);
        String from = Optional.ofNullable(input.path("FromEmailAddress").textValue())
                .or(() -> raw.flatMap(mail -> header(mail, "From"))).orElse("");
        List<String> to = addresses(destination.path("ToAddresses"));
        List<String> cc = addresses(destination.path("CcAddresses"));
        List<String> bcc = addresses(destination.path("BccAddresses"));
        if (raw.isPresent() && to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
            to = headerAddresses(raw.get(), "To");
            cc = headerAddresses(raw.get(), "Cc");
            bcc = headerAddresses(raw.get(), "Bcc");
        }
        return new Letter(from, to, cc, bcc, Optional.ofNullable(input.path("ConfigurationSetName").textValue()),
                raw.map(Letter::rawContent).or(() -> simple(input.at("/Content/Simple"))));
    }

    List<String> recipients() {
        return Stream.of(to, cc, bcc).flatMap(List::stream).toList();
    }

    private static Optional<Content> simple(JsonNode simple) {
        Optional<String> subject = Optional.ofNullable(simple.at("/Subject/Data").textValue());
        Optional<String> text = Optional.ofNullable(simple.at("/Body/Text/Data").textValue());
        Optional<String> html = Optional.ofNullable(simple.at("/Body/Html/Data").textValue());
        return subject.filter(there -> text.isPresent() || html.isPresent())
                .map(there -> new Content(there, text, html));
    }

    private static Content rawContent(String mail) {
        int end = mail.indexOf("\n\n");
        return new Content(header(mail, "Subject").orElse(""), Optional.of(end < 0 ? "" : mail.substring(end + 2)),
                Optional.empty());
    }

    /** Returns a raw mail with plain line ends; nothing when it is not base64. */
    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns a header field of a raw mail, unfolded (RFC 5322, 2.2.3). */
    private static Optional<String> header(String mail, String name) {
        String head = mail.split("\n\n", 2)[0].replaceAll("\n[ \t]+", " ");
        return head.lines().filter(line -> line.toLowerCase(Locale.ROOT)
                .startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip()).findFirst();
    }

    private static List<String> headerAddresses(String mail, String name) {
        return header(mail, name).map(field -> Stream.of(field.split(",")).map(String::strip).toList())
                .orElse(List.of());
    }

    private static List<String> addresses(JsonNode list) {
        List<String> addresses = new ArrayList<>();
        list.forEach(address -> addresses.add(address.asText()));
        return addresses;
    }
}
