package dev.plinth.model;

import static dev.plinth.model.Documents.faults;
import static dev.plinth.model.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectSettingsTest {

    @Test
    void haveUsualValues() {
        ProjectSettings settings = ProjectSettings.of(Map.of());

        assertThat(settings.javaPackage("Corner shop")).isEqualTo("com.example.cornershop");
        assertThat(settings.apiTitle("Corner shop")).isEqualTo("Corner shop");
        assertThat(settings.apiVersion()).isEqualTo("1.0.0");
        assertThat(settings.sqlSchema()).isEqualTo("public");
        assertThat(settings.license()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Class,com.example.appclass", "\u4e2d\u6587,com.example.app", "2 fast,com.example.fast",
            "NUL,com.example.appnul", "'../../etc',com.example.etc"})
    void findAPackageForAnyProject(String project, String packageName) {
        assertThat(ProjectSettings.of(Map.of()).javaPackage(project)).isEqualTo(packageName);
        assertThat(ProjectSetting.JAVA_PACKAGE.fault(packageName)).isEmpty();
    }

    @Test
    void areReadAsTheyWereWritten() {
        ProjectSettings settings = ProjectSettings.of(Map.of("java-package", "org.acme.shop_2",
                "api-title", "The \"API\"", "api-version", "0.1.20", "sql-schema", "shop_2", "license", "Apache-2.0"));

        assertThat(ProjectSettings.of(settings.toJson())).isEqualTo(settings);
        assertThat(settings.javaPackage("x")).isEqualTo("org.acme.shop_2");
        assertThat(settings.apiTitle("x")).isEqualTo("The \"API\"");
        assertThat(settings.apiVersion()).isEqualTo("0.1.20");
        assertThat(settings.sqlSchema()).isEqualTo("shop_2");
        assertThat(settings.license()).contains(License.APACHE_2_0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com..x", ".com", "com.", "Com.x", "com.class.x", "com.nul", "java.util", "javax.x",
            "com.sun.x", "jdk", "com/x", "com.x-y", "../x", "c\u043em.x", "a.b\n",
            "a234567890.a234567890.a234567890.a234567890.a234567890.a234567890.a234567890.a234567890.a234567890.aa"})
    void refusePackagesThatJavaOrAFileSystemWouldNotTake(String name) {
        assertThat(ProjectSetting.JAVA_PACKAGE.fault(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pg_x", "information_schema", "user", "Public", "a-b", "a;b", "1a", "a\n"})
    void refuseSchemasThatPostgresWouldNotTake(String name) {
        assertThat(ProjectSetting.SQL_SCHEMA.fault(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "01.0.0", "1.0.0-beta", "v1.0.0", "1.0.0\n", ""})
    void refuseVersionsThatAreNone(String version) {
        assertThat(ProjectSetting.API_VERSION.fault(version)).isPresent();
    }

    @Test
    void tellWhichOnesThereAre() {
        assertThat(faults(() -> ProjectSettings.of(json("{'colour': 'red', 'license': 'GPL', 'api-title': ''}"))))
                .containsExactlyInAnyOrder(
                        "/colour is not a known setting; known are java-package, api-title, api-version, sql-schema, "
                                + "license",
                        "/license must be one of Apache-2.0, BSD-3-Clause, ISC, MIT",
                        "/api-title must have 1 to 100 characters");
        assertThat(faults(() -> ProjectSettings.of(json("{'license': 1}"))))
                .containsExactly("/license must be a string");
        assertThat(faults(() -> ProjectSetting.LICENSE.require("/value", "GPL")))
                .containsExactly("/value must be one of Apache-2.0, BSD-3-Clause, ISC, MIT");
        assertThat(ProjectSetting.of("license")).contains(ProjectSetting.LICENSE);
        assertThat(ProjectSetting.of("LICENSE")).isEmpty();
    }
}
