package dev.plinth.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.workspace.StudioFunction;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people get of the routes of their profile, through the handler. */
class ProfileHttpTest {

    private static final String PATH = "/api/profile";
    private static StudioFunction studio;

    private final UUID ada = UUID.randomUUID();

    @BeforeAll
    static void start() {
        studio = new StudioFunction();
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    @Test
    void givesABlankProfileToWhoHasSaidNothing() {
        Answer profile = studio.get(ada, PATH);
        assertThat(profile.status()).isEqualTo(200);
        assertThat(profile.json().get("id").getStringValue()).isEqualTo(ada.toString());
        assertThat(profile.json().get("name")).isNull();
        assertThat(profile.text()).contains("\"things\":\"projects\",\"used\":0,\"most\":100");
    }

    @Test
    void keepsWhatAPersonSaysAndWhatTheyUse() {
        assertThat(studio.put(ada, PATH, "{\"name\": \"Ada\", \"about\": \"Draws\\nengines\"}").status())
                .isEqualTo(200);
        studio.project(ada);

        Answer profile = studio.get(ada, PATH);
        assertThat(profile.json().get("name").getStringValue()).isEqualTo("Ada");
        assertThat(profile.json().get("about").getStringValue()).isEqualTo("Draws\nengines");
        assertThat(profile.text()).contains("\"things\":\"projects\",\"used\":1");

        Answer without = studio.put(ada, PATH, "{\"name\": \"Ada\"}");
        assertThat(without.json().get("about")).isNull();
        assertThat(studio.get(ada, PATH).json()).isEqualTo(without.json());
        assertThat(studio.get(ada, PATH).text()).contains("\"used\":1");
    }

    @Test
    void changesAProfileThatIsAsTheClientThinks() {
        String blank = studio.get(ada, PATH).header("etag");
        List<Integer> answers = IntStream.range(0, 4).parallel().mapToObj(i -> studio.send(ada,
                ApiCall.of("PUT", PATH).json("{\"name\": \"" + i + "\"}").header("If-Match", blank)).status()).toList();

        assertThat(answers).containsExactlyInAnyOrder(200, 412, 412, 412);
        String now = studio.get(ada, PATH).header("etag");
        studio.project(ada);
        assertThat(studio.get(ada, PATH).header("etag")).isNotEqualTo(now);
    }

    @Test
    void pointsAtTheFieldOfABadBody() {
        assertThat(studio.put(ada, PATH, "{\"name\": \" \"}").text()).contains("\"pointer\":\"/name\"");
        assertThat(studio.put(ada, PATH, "{\"email\": \"a@example.com\"}").text()).contains("\"pointer\":\"/email\"");
    }
}
