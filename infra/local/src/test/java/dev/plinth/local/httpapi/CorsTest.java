package dev.plinth.local.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.junit.jupiter.api.Test;

class CorsTest {
    private final Cors cors = new Cors(List.of("https://shop.example", "http://localhost:*"), List.of("GET", "POST"),
            List.of("If-Match"), List.of("ETag"), false, Optional.of(600));

    @Test
    void answersAPreflightOfAnAllowedOrigin() {
        assertThat(cors.onPreflight("https://shop.example")).contains(
                new HttpField("access-control-allow-origin", "https://shop.example"),
                new HttpField("access-control-allow-methods", "GET,POST"),
                new HttpField("access-control-allow-headers", "If-Match"),
                new HttpField("access-control-max-age", "600"));
    }

    @Test
    void exposesHeadersToAnAllowedOrigin() {
        assertThat(cors.onAnswer("http://localhost:5173")).contains(
                new HttpField("access-control-allow-origin", "http://localhost:5173"),
                new HttpField("access-control-expose-headers", "ETag"));
    }

    @Test
    void saysNothingToAnotherOrigin() {
        assertThat(cors.onAnswer("https://shop.example.evil.test")).isEmpty();
        assertThat(cors.onPreflight("https://evil.test")).isEmpty();
        assertThat(cors.onAnswer(null)).isEmpty();
    }
}
