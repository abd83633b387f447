package dev.plinth.generator;

import dev.plinth.model.License;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts of licences, as their authors publish them. No year is named: there is no clock, and none is needed. */
final class LicenseText {
    private LicenseText() {
    }

    static String of(License license, GenerationInput input) {
        try (InputStream text = LicenseText.class.getResourceAsStream(license.spdxId() + ".txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).replace("{project}", input.project());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The jar cannot be read", unreadable);
        }
    }
}
