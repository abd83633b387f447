package dev.plinth.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.sql.LocalPostgres;
import io.micronaut.json.JsonMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** Whatever was let in can be generated, and what is generated is accepted by those whom it is meant for. */
class GeneratorPropertyTest {
    private static final int DOCUMENTS = 250;
    private static final int COMPILED = 80;
    private static final int SAMPLE = 40;
    private static final List<GenerationInput> INPUTS = inputs();

    private final Generator generator = new Generator();

    @Test
    void generatesWhateverWasLetIn() throws Exception {
        GenerationInputs stored = new GenerationInputs(JsonMapper.createDefault());
        for (GenerationInput input : INPUTS) {
            GeneratedProject project = generator.generate(input);

            assertThat(project.files()).hasSizeGreaterThanOrEqualTo(7);
            GenerationInput read = stored.read(stored.write(input));
            assertThat(read).isEqualTo(input);
            assertThat(generator.generate(read).files()).isEqualTo(project.files());
            DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(project.file(GeneratedProject.DIAGRAM).content())));
            TemplateRules.check(project);
        }
    }

    @Test
    void generatesSqlThatPostgresAccepts() {
        LocalPostgres database = new LocalPostgres();
        for (GenerationInput input : INPUTS.subList(0, SAMPLE)) {
            GeneratedProject project = generator.generate(input);

            database.run(project.file("database/schema.sql").content());

            String schema = input.settings().sqlSchema();
            assertThat(database.query("SELECT count(*) FROM pg_tables WHERE schemaname = '" + schema + "'"))
                    .containsExactly(List.of(Integer.toString(
                            input.schema().entities().size() + input.schema().joins().size())));
            assertThat(database.query("SELECT count(*) FROM pg_constraint c "
                    + "JOIN pg_namespace n ON n.oid = connamespace WHERE contype = 'f' AND nspname = '" + schema + "'"))
                    .containsExactly(List.of(Integer.toString(
                            input.schema().references().size() + 2 * input.schema().joins().size())));
            // The first column of some index, for each column that refers to another table.
            assertThat(database.query("SELECT conrelid::regclass, conname FROM pg_constraint c "
                    + "JOIN pg_namespace n ON n.oid = connamespace WHERE contype = 'f' AND nspname = '" + schema + "' "
                    + "AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = conrelid AND indkey[0] = conkey[1])"))
                    .isEmpty();
        }
    }

    @Test
    void generatesRecordsThatCompileWithoutAWarning(@TempDir Path classes) {
        // Each is a package of its own.
        List<GeneratedProject> projects = INPUTS.subList(0, COMPILED).stream().map(generator::generate).toList();
        assertThat(JavaSources.compile(projects, classes)).isEmpty();
    }

    @Test
    void generatesOpenApiThatAParserAccepts() {
        for (GenerationInput input : INPUTS.subList(0, SAMPLE)) {
            SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(
                    generator.generate(input).file("api/openapi.json").content());

            assertThat(parsed.getMessages()).isEmpty();
            assertThat(parsed.getOpenAPI().getPaths()).hasSize(2 * input.schema().entities().size());
        }
    }

    private static List<GenerationInput> inputs() {
        List<GenerationInput> inputs = new ArrayList<>();
        IntStream.iterate(0, seed -> inputs.size() < DOCUMENTS && seed < 100 * DOCUMENTS, seed -> seed + 1)
                .mapToObj(seed -> new RandomDocuments(seed).input("s" + seed))
                .flatMap(Optional::stream)
                .forEach(inputs::add);
        assertThat(inputs).hasSize(DOCUMENTS);
        return inputs;
    }
}
