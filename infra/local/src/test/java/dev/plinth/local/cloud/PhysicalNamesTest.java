package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhysicalNamesTest {
    @Test
    void givesAResourceOneNameInEveryRun() {
        // Fixed texts: kept data is found by these names.
        assertThat(PhysicalNames.of("Shop", "Table", 255)).isEqualTo("Shop-Table-6CXTCUB8CX89");
        assertThat(PhysicalNames.id("Shop", "Api")).isEqualTo("1hojajxhsr");
    }

    @Test
    void tellsResourcesApart() {
        assertThat(PhysicalNames.of("Shop", "Table", 255)).isNotEqualTo(PhysicalNames.of("Shop", "Table2", 255));
        assertThat(PhysicalNames.of("A".repeat(80), "X", 64)).isNotEqualTo(PhysicalNames.of("A".repeat(80), "Y", 64));
        assertThat(PhysicalNames.id("A", "B")).isNotEqualTo(PhysicalNames.id("A", "C"));
    }

    @Test
    void keepsToTheLongestNameOfTheType() {
        assertThat(PhysicalNames.of("A".repeat(80), "B", 64)).hasSize(64).matches("A{51}-[0-9A-Z]{12}");
        assertThat(PhysicalNames.id("A", "B")).matches("[0-9a-z]{10}");
    }
}
