package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code generations, their archives and their deployments, as people see them. */
class StudioIT {
    private static final SystemUnderTest SYSTEM = SystemUnderTest.get();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Studio ada;
    private static Studio.Project project;

    @BeforeAll
    static void beginProject() {
        ada = Studio.of(SYSTEM.customer());
        project = ada.project();
    }

    @Test
    void storesWhatTheManifestOfTheArchiveSays() throws Exception {
        String id = ada.generate(project);

        assertThat(ada.generated(id).path("status").asText()).isEqualTo("SUCCEEDED");

        Map<String, byte[]> files = unpacked(download(id).body());
        assertThat(files).containsKeys("manifest.json", "README.md");
        JsonNode manifest = Answer.parsed(new String(files.get("manifest.json")));
        assertThat(manifest.path("files")).hasSizeGreaterThan(5);
        for (JsonNode file : manifest.path("files")) {
            assertThat(sha256(files.get(file.path("path").asText()))).isEqualTo(file.path("sha256").asText());
        }
        assertThat(files).hasSize(manifest.path("files").size() + 1);
    }

    @Test
    void generatesTheSameBytesFromTheSameInput() {
        String first = ada.generate(project);
        String second = ada.generate(project);
        ada.generated(first);
        ada.generated(second);

        assertThat(download(first).body()).isEqualTo(download(second).body());
    }

    @Test
    void bindsADownloadToOneObjectOfOneProject() {
        String id = ada.generate(project);
        String other = ada.generate(project);
        ada.generated(id);
        ada.generated(other);
        String url = downloadUrl(ada, id).json().path("url").asText();

        assertThat(url).contains("X-Amz-Expires=300", id);
        assertThat(get(url).statusCode()).isEqualTo(200);
        assertThat(get(url.replace(id, other)).statusCode()).isEqualTo(403);
        assertThat(get(url.substring(0, url.indexOf('?'))).statusCode()).isEqualTo(403);
        assertThat(get(url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000")).statusCode()).isEqualTo(403);
    }

    @Test
    @Tag("laptop")
    void givesADownloadToNobodyElse() {
        String id = ada.generate(project);
        Studio eve = Studio.of(SYSTEM.customer());

        assertThat(downloadUrl(eve, id).status()).isEqualTo(404);
        assertThat(eve.api().get("/api/code-gen/" + id).status()).isEqualTo(404);
        assertThat(eve.api().get("/api/projects/" + project.id()).status()).isEqualTo(404);
        assertThat(eve.requestCode(project).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"name\": \"Item\", \"fields\": [{\"name\": \"weight\", \"type\": \"BLOB\"}]} | /entities/0/fields/0/type",
        "{\"name\": \"Item\", \"fields\": [{\"name\": \"weight\", \"type\": \"LONG\"}, {\"name\": \"weight\", \"type\": \"LONG\"}]}"
                + " | /entities/0/fields/1/name",
        "{\"name\": \"Item\", \"fields\": [{\"name\": \"select\", \"type\": \"LONG\"}]} | /entities/0/fields/0/name",
        "{\"name\": \"../Item\", \"fields\": [{\"name\": \"weight\", \"type\": \"LONG\"}]} | /entities/0/name",
        "{\"name\": \"Item\", \"fields\": [], \"relations\": [{\"name\": \"other\", \"kind\": \"MANY_TO_ONE\", \"target\": \"Other\"}]}"
                + " | /entities/0/relations/0/target",
        "{\"name\": \"Item\", \"fields\": [], \"relations\": [{\"name\": \"parent\", \"kind\": \"MANY_TO_ONE\", \"target\": \"Item\","
                + " \"required\": true}]} | /entities/0/relations/0"})
    void pointsAtWhatIsWrongInASchemaWhenItIsSubmitted(String entity, String pointer) {
        Answer answer = submit(entity);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.pointers()).anySatisfy(each -> assertThat(each).startsWith(pointer));
    }

    @Test
    void refusesTenThousandFields() {
        Answer answer = submit("{\"name\": \"Item\", \"fields\": [" + IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"name\": \"f" + i + "\", \"type\": \"LONG\"}").collect(Collectors.joining(",")) + "]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointers()).anySatisfy(each -> assertThat(each).startsWith("/entities/0/fields"));
        assertThat(answer.body()).contains("100");
    }

    @Test
    void deploysWhatWasGeneratedAndTakesItDownAgain() {
        String generation = ada.generate(project);
        ada.generated(generation);

        String id = ada.deploy(project, generation);
        JsonNode deployment = ada.deployed(id);

        assertThat(deployment.path("status").asText()).as(deployment.toString()).isEqualTo("SUCCEEDED");
        assertThat(deployment.path("outputs")).isNotEmpty();

        assertThat(ada.api().delete("/api/deployments/" + id).status()).isEqualTo(202);
        Await.until("the deployment is gone", Studio.LONGEST,
                () -> ada.deployed(id).path("status").asText().equals("DELETED"));
    }

    @Test
    @Tag("laptop")
    void limitsTheCodeGenerationsOfAPersonAndOfNobodyElse() {
        Studio eager = Studio.of(SYSTEM.customer());
        Studio.Project theirs = eager.project();

        // A minute's window can end in between, once; after that the limit has to be met within the same one.
        Answer refused = null;
        for (int i = 0; i < 41 && refused == null; i++) {
            Answer answer = eager.requestCode(theirs);
            refused = answer.status() == 202 ? null : answer;
        }

        assertThat(refused).isNotNull();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(refused.header("RateLimit")).contains("r=0");
        assertThat(refused.header("RateLimit-Policy")).contains("q=20", "w=60");
        assertThat(eager.api().get("/api/projects").status()).isEqualTo(200);
        assertThat(ada.requestCode(project).status()).isEqualTo(202);
    }

    private static Answer submit(String entity) {
        return ada.api().post("/api/projects/" + project.id() + "/schemas",
                "{\"name\": \"bad\", \"entities\": [" + entity + "]}");
    }

    private static Answer downloadUrl(Studio studio, String id) {
        return studio.api().get("/api/code-gen/" + id + "/download-url");
    }

    private static HttpResponse<byte[]> download(String id) {
        Answer answer = downloadUrl(ada, id);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        HttpResponse<byte[]> archive = get(answer.json().path("url").asText());
        assertThat(archive.statusCode()).isEqualTo(200);
        return archive;
    }

    private static HttpResponse<byte[]> get(String url) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError("No answer from " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, byte[]> unpacked(byte[] archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
