package dev.plinth.generation;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.generator.Generator;
import dev.plinth.generator.Snapshot;
import io.micronaut.json.JsonMapper;
import org.junit.jupiter.api.Test;

class WorkerPrimingTest {
    @Test
    void primesWithoutAFailure() {
        LocalTable table = new LocalTable(StudioTable.CODE_GENERATIONS.schema());
        Snapshots snapshots = new Snapshots(table.dynamo(), named -> table.name(), Snapshot.inputs());
        WorkerPriming priming = new WorkerPriming(snapshots, new Generator(), JsonMapper.createDefault());

        assertThatCode(priming::prime).doesNotThrowAnyException();
    }
}
