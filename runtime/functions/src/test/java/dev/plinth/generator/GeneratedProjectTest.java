package dev.plinth.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedProjectTest {
    private final GeneratedProject project = new Generator().generate(Examples.shop());

    @Test
    void holdsEveryFileInOrder() throws IOException {
        Map<String, byte[]> unpacked = unpacked(zip(project));

        assertThat(unpacked.keySet()).containsExactlyElementsOf(
                project.files().stream().map(GeneratedFile::path).sorted().toList());
        project.files().forEach(file -> assertThat(unpacked.get(file.path())).isEqualTo(file.bytes()));
        assertThat(project.template()).isEqualTo(unpacked.get("infrastructure/template.json"));
        assertThat(project.diagram()).isEqualTo(unpacked.get("diagram.svg"));
    }

    @Test
    void listsTheDigestOfEveryOtherFile() throws IOException {
        Map<String, byte[]> unpacked = unpacked(zip(project));
        JsonNode manifest = JsonMapper.createDefault().readValue(unpacked.remove("manifest.json"), JsonNode.class);

        Map<String, String> listed = new LinkedHashMap<>();
        manifest.get("files").values().forEach(file ->
                listed.put(file.get("path").getStringValue(), file.get("sha256").getStringValue()));
        Map<String, String> computed = new LinkedHashMap<>();
        unpacked.forEach((path, bytes) -> computed.put(path, Digests.sha256(bytes)));
        assertThat(listed).containsExactlyEntriesOf(computed);
    }

    @Test
    void hasTheSameBytesWhereverItIsGenerated() throws IOException {
        byte[] here = zip(project);
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));

            assertThat(zip(new Generator().generate(Examples.shop()))).isEqualTo(here);
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    @Test
    void storesFilesWithoutDeflatingThemAndWithoutExtraFields() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zip(project)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getExtra()).isNull();
                assertThat(entry.getTimeLocal()).isEqualTo("1980-02-01T00:00:00");
            }
        }
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        List<String> closed = new ArrayList<>();
        project.writeTo(new FilterOutputStream(new ByteArrayOutputStream()) {
            @Override
            public void close() {
                closed.add("closed");
            }
        });

        assertThat(closed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../b", "/etc/passwd", "a//b", "a/", "", ".", "..", ".hidden", "a\\b", "C:x",
            "CON", "src/nul.java", "lpt1.txt", "a.", "a b", "\u0430"})
    void refusesPathsThatAreNotSafeEverywhere(String path) {
        assertThatThrownBy(() -> new GeneratedFile(path, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesPathsThatDifferByCapitalsAlone() {
        assertThatThrownBy(() -> new GeneratedProject(List.of(
                new GeneratedFile("a/Order.java", ""), new GeneratedFile("a/order.java", ""))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] zip(GeneratedProject project) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        project.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> unpacked(byte[] archive) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
