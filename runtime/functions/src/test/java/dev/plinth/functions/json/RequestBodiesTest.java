package dev.plinth.functions.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodiesTest {
    enum Colour { RED, GREEN }

    @Serdeable
    record Price(@NotNull @Size(min = 1, max = 10) String amount, @NotBlank String currency) {
    }

    @Serdeable
    record Line(@NotBlank String sku, int count) {
    }

    @Serdeable
    record Parcel(
            @NotBlank @Size(max = 20) String name,
            @NotNull @Email String email,
            @Min(1) @Max(10) int quantity,
            Long weight,
            @NotNull @Valid Price unitPrice,
            Colour colour,
            UUID owner,
            Instant due,
            Boolean fragile,
            List<@Valid Line> lines,
            List<Integer> sizes) {
    }

    private static final String COMPLETE = """
            {"name": "box", "email": "a@example.org", "quantity": 2,
             "unitPrice": {"amount": "1.50", "currency": "EUR"}, "colour": "RED"}""";

    private static ApplicationContext context;
    private static RequestBodies bodies;

    @BeforeAll
    static void start() {
        context = ApplicationContext.builder().deduceEnvironment(false).banner(false).start();
        bodies = context.getBean(RequestBodies.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void readsEveryTypeOfField() {
        Parcel parcel = read("""
                {"name": "b\u00f6x", "email": "a@example.org", "quantity": 2, "weight": 9007199254740993,
                 "unitPrice": {"amount": "1.50", "currency": "EUR"}, "colour": "GREEN",
                 "owner": "0191f3c2-4c3e-7aaa-8bbb-0123456789ab", "due": "2026-01-31T12:00:00Z", "fragile": true,
                 "lines": [{"sku": "x", "count": 3}], "sizes": [1, 2]}""");

        assertThat(parcel).isEqualTo(new Parcel("b\u00f6x", "a@example.org", 2, 9007199254740993L,
                new Price("1.50", "EUR"), Colour.GREEN, UUID.fromString("0191f3c2-4c3e-7aaa-8bbb-0123456789ab"),
                Instant.parse("2026-01-31T12:00:00Z"), true, List.of(new Line("x", 3)), List.of(1, 2)));
    }

    @Test
    void readsADocumentAsATreeWithoutWhatIsIgnored() {
        byte[] body = "{\"id\": 7, \"a\": [1.50, {\"b\": null}]}".getBytes(StandardCharsets.UTF_8);

        JsonNode tree = bodies.tree(body, Set.of("id"));

        assertThat(tree.size()).isOne();
        assertThat(tree.get("a").get(0).getNumberValue()).isEqualTo(new BigDecimal("1.50"));
        assertThat(tree.get("a").get(1).get("b").isNull()).isTrue();
        byte[] list = "[]".getBytes(StandardCharsets.UTF_8);
        assertThat(catchThrowableOfType(Failure.class, () -> bodies.tree(list, Set.of())).kind()).isEqualTo(Kind.MALFORMED_BODY);
    }

    @Test
    void takesNullForAMissingField() {
        assertThat(read(COMPLETE.replace("\"RED\"", "null")).colour()).isNull();
        assertThat(violations(COMPLETE.replace("\"box\"", "null"))).containsExactly(Map.entry("/name", "is required"));
    }

    @Test
    void tellsEveryRuleThatTheBodyBreaksAtOnce() {
        assertThat(violations("""
                {"name": " ", "email": 7, "quantity": 11, "weight": "1", "unitPrice": {"amount": 1.5, "tax": 1},
                 "colour": "BLUE", "owner": "1-2-3-4-5", "due": "today", "fragile": "yes", "size/~": {},
                 "lines": [{"sku": "x", "count": 1}, {"sku": "", "count": 1.5}, null], "sizes": ["1", 2147483648]}"""))
                .containsOnly(
                        Map.entry("/name", "must not be blank"),
                        Map.entry("/email", "must be a string, not a number"),
                        Map.entry("/quantity", "must be less than or equal to 10"),
                        Map.entry("/weight", "must be a number, not a string"),
                        Map.entry("/unitPrice/amount", "must be a string, not a number"),
                        Map.entry("/unitPrice/currency", "is required"),
                        Map.entry("/unitPrice/tax", "is not a known field; known are amount, currency"),
                        Map.entry("/colour", "must be one of RED, GREEN"),
                        Map.entry("/owner", "must be a UUID"),
                        Map.entry("/due", "must be a UTC time, for example 2026-01-31T12:00:00Z"),
                        Map.entry("/fragile", "must be a boolean, not a string"),
                        Map.entry("/size~1~0", "is not a known field; known are name, email, quantity, weight, "
                                + "unitPrice, colour, owner, due, fragile, lines, sizes"),
                        Map.entry("/lines/1/sku", "must not be blank"),
                        Map.entry("/lines/1/count", "must be a whole number, without a fraction or an exponent"),
                        Map.entry("/lines/2", "must not be null"),
                        Map.entry("/sizes/0", "must be a number, not a string"),
                        Map.entry("/sizes/1", "must be a whole number from -2147483648 to 2147483647"));
    }

    @Test
    void namesEveryMissingField() {
        assertThat(violations("{}")).containsOnly(
                Map.entry("/name", "is required"),
                Map.entry("/email", "is required"),
                Map.entry("/quantity", "is required"),
                Map.entry("/unitPrice", "is required"));
    }

    @ParameterizedTest
    @CsvSource({
            "1.5, 'must be a whole number, without a fraction or an exponent'",
            "1.0, 'must be a whole number, without a fraction or an exponent'",
            "1e400, 'must be a whole number, without a fraction or an exponent'",
            "1e999999999, 'must be a whole number, without a fraction or an exponent'",
            "4294967298, must be less than or equal to 10",
            "-4294967295, must be greater than or equal to 1",
            "0, must be greater than or equal to 1"})
    void neverTruncatesANumber(String number, String detail) {
        assertThat(violations(COMPLETE.replace("\"quantity\": 2", "\"quantity\": " + number)))
                .containsExactly(Map.entry("/quantity", detail));
    }

    @Test
    void tellsTheTypesBoundsWhereNoConstraintDoes() {
        assertThat(violations(COMPLETE.replace("{\"name\"", "{\"weight\": 9223372036854775808, \"name\"")))
                .containsExactly(Map.entry("/weight",
                        "must be a whole number from -9223372036854775808 to 9223372036854775807"));
    }

    @Test
    void refusesHalfOfASurrogatePair() {
        assertThat(violations(COMPLETE.replace("box", "\\ud83d")))
                .containsExactly(Map.entry("/name", "must not hold half of a surrogate pair"));
        assertThat(read(COMPLETE.replace("box", "\\ud83d\\ude00")).name()).isEqualTo("\ud83d\ude00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"name\": }", "[]", "\"text\"", "null", "7", "{} {}", "{} x", "{'a': 1}",
            "{\"a\": NaN}", "{\"a\": 01}", "{\"name\": \"a\", \"name\": \"b\"}", "\ufeff{}", "{\"a\": \"\n\"}",
            "{\"a\": 1e99999999999}", "// comment\n{}", "{\"a\": 1,}"})
    void refusesWhatIsNotOneJsonObject(String body) {
        Failure failure = failure(body);

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED_BODY);
        assertThat(failure.detail()).doesNotContainIgnoringCase("jackson").doesNotContain("java", "token", "Unexpected")
                .startsWith("The body ").endsWith(".");
    }

    @Test
    void tellsWhereTheJsonGoesWrong() {
        assertThat(failure("{\"name\": \"box\",\n  \"email\" 7}").detail())
                .isEqualTo("The body is not valid JSON, at line 2, column 11.");
        assertThat(failure("{\"name\": \"a\",\n \"name\": \"b\"}").detail())
                .isEqualTo("The body gives one name twice in an object, at line 2, column 2.");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] latin = COMPLETE.replace("box", "b\u00f6x").getBytes(StandardCharsets.ISO_8859_1);
        Failure failure = catchThrowableOfType(Failure.class, () -> bodies.read(latin, Parcel.class));

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED_BODY);
        assertThat(failure.detail()).isEqualTo("The body is not UTF-8.");
    }

    @Test
    void refusesAnEndlessDepth() {
        assertThat(failure("{\"a\":".repeat(5000)).kind()).isEqualTo(Kind.MALFORMED_BODY);
    }

    @Test
    void skipsTheFieldsThatTheCallerMayNotSet() {
        String body = COMPLETE.replace("{\"name\"", "{\"id\": [1], \"total\": null, \"name\"");

        assertThat(bodies.read(bytes(body), Parcel.class, Set.of("id", "total")).name()).isEqualTo("box");
        assertThat(violations(body)).extracting(Map.Entry::getKey).containsExactly("/id", "/total");
    }

    @Test
    void changesOnlyWhatAMergePatchNames() {
        Parcel patched = patch("{\"unitPrice\": {\"amount\": \"2\"}, \"colour\": null, \"quantity\": 3}");

        assertThat(patched).isEqualTo(new Parcel("box", "a@example.org", 3, null, new Price("2", "EUR"), null, null,
                null, null, null, null));
    }

    @Test
    void refusesAMergePatchThatRemovesWhatIsRequired() {
        Failure failure = catchThrowableOfType(Failure.class,
                () -> patch("{\"name\": null, \"unitPrice\": {\"currency\": null}, \"quantity\": \"3\", \"x\": 1}"));

        assertThat(failure.violations()).extracting(Violation::name)
                .containsExactlyInAnyOrder("/name", "/unitPrice/currency", "/quantity", "/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"x\"", ""})
    void refusesAMergePatchThatIsNoObject(String patch) {
        assertThat(catchThrowableOfType(Failure.class, () -> patch(patch)).kind()).isEqualTo(Kind.MALFORMED_BODY);
    }

    @Test
    void keepsEveryTypeOfFieldInAnEmptyMergePatch() {
        Parcel whole = new Parcel("box", "a@example.org", 2, 9007199254740993L, new Price("1.50", "EUR"), Colour.GREEN,
                UUID.fromString("0191f3c2-4c3e-7aaa-8bbb-0123456789ab"), Instant.parse("2026-01-31T12:00:00.123Z"),
                true, List.of(new Line("x", 3)), List.of(1, 2));

        assertThat(bodies.patch(whole, bytes("{}"), Parcel.class, Set.of())).isEqualTo(whole);
        assertThat(bodies.patch(whole, bytes("{\"id\": 1}"), Parcel.class, Set.of("id"))).isEqualTo(whole);
    }

    private static Parcel patch(String patch) {
        return bodies.patch(read(COMPLETE), bytes(patch), Parcel.class, Set.of());
    }

    private static Parcel read(String body) {
        return bodies.read(bytes(body), Parcel.class);
    }

    private static Failure failure(String body) {
        return catchThrowableOfType(Failure.class, () -> read(body));
    }

    private static Set<Map.Entry<String, String>> violations(String body) {
        Failure failure = failure(body);
        assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(failure.violations()).allMatch(violation -> violation.place() == Violation.Place.BODY);
        return failure.violations().stream()
                .map(violation -> Map.entry(violation.name(), violation.detail()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
