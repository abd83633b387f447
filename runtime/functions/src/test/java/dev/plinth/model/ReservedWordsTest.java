package dev.plinth.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.sql.LocalPostgres;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;

class ReservedWordsTest {

    @Test
    void areThoseOfPostgres() {
        Set<String> reserved = new LocalPostgres().query(
                        "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')")
                .stream().map(row -> row.get(0)).collect(Collectors.toSet());

        assertThat(ReservedWords.POSTGRESQL).containsExactlyInAnyOrderElementsOf(reserved);
    }

    @Test
    void includeEverySystemColumnOfPostgres() {
        assertThat(new LocalPostgres().query("SELECT attname FROM pg_attribute "
                + "WHERE attrelid = 'pg_class'::regclass AND attnum < 0").stream().map(row -> row.get(0)))
                .containsExactlyInAnyOrderElementsOf(ReservedWords.SYSTEM_COLUMNS);
    }

    @Test
    void includeEveryKeywordOfJava() {
        assertThat(ReservedWords.JAVA).allMatch(word -> SourceVersion.isKeyword(word, SourceVersion.RELEASE_17));
        // The compiler lists none, so every word that it could have is asked for: those of all its own names.
        Set<String> asked = Stream.concat(ReservedWords.POSTGRESQL.stream(), Stream.of(("abstract assert boolean break "
                + "byte case catch char class const continue default do double else enum exports extends false final "
                + "finally float for goto if implements import instanceof int interface long module native new "
                + "non-sealed null open opens package permits private protected provides public record requires return "
                + "sealed short static strictfp super switch synchronized this throw throws to transient transitive "
                + "true try uses var void volatile when while with yield").split(" "))).collect(Collectors.toSet());
        assertThat(asked.stream().filter(word -> SourceVersion.isKeyword(word, SourceVersion.latest())))
                .isSubsetOf(ReservedWords.JAVA);
    }

    @Test
    void keepRecordsOutOfTheJdksPackages() {
        List<String> packages = ModuleFinder.ofSystem().findAll().stream().map(ModuleReference::descriptor)
                .flatMap(module -> module.packages().stream())
                .filter(name -> name.matches("[a-z0-9_.]+")).toList();

        assertThat(packages).hasSizeGreaterThan(100).allSatisfy(name ->
                assertThat(ProjectSetting.JAVA_PACKAGE.fault(name)).as(name).isPresent());
    }
}
