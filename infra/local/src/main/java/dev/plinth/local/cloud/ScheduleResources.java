package dev.plinth.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.door.Account;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.schedule.Rate;
import dev.plinth.local.schedule.Schedule;
import dev.plinth.local.schedule.Schedules;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules of EventBridge that the clock fires. A rule with a pattern, which waits for events, is refused. */
final class ScheduleResources {
    private static final String EVENT_BRIDGE = "events.amazonaws.com";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Account account;
    private final FunctionResources functions;
    private final Schedules schedules;

    ScheduleResources(Account account, FunctionResources functions, Schedules schedules) {
        this.account = account;
        this.functions = functions;
        this.schedules = schedules;
    }

    CreatedResource createRule(ResourceDefinition resource) {
        Properties properties = resource.properties();
        properties.ignored("Description", "text for people");
        properties.ignored("Tags", "nothing reads tags here");
        String name = properties.optionalString("Name")
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 64));
        String arn = account.arn("events", "rule/" + name);
        boolean enabled = properties.oneOf("State", "ENABLED", "DISABLED").orElse("ENABLED").equals("ENABLED");
        Duration rate = rate(properties);
        List<Properties> targets = properties.objects("Targets");
        if (targets.size() != 1) {
            throw properties.refuse("Targets", "one target");
        }
        Properties target = targets.get(0);
        target.ignored("Id", "there is one target");
        target.ignored("RetryPolicy", "an invocation is always taken, and one that fails is not repeated");
        String functionArn = target.string("Arn");
        FunctionPool function = functions.find(functionArn)
                .orElseThrow(() -> target.refuse("Arn", "a function of these templates"));
        schedules.add(new Schedule(name, arn, rate, enabled, function, input(target),
                () -> functions.mayInvoke(functionArn, EVENT_BRIDGE, arn)));
        return new CreatedResource(name, Map.of("Arn", arn));
    }

    private static Duration rate(Properties properties) {
        try {
            return Rate.parse(properties.string("ScheduleExpression"));
        } catch (IllegalArgumentException e) {
            throw properties.refuse("ScheduleExpression", e.getMessage());
        }
    }

    private static Optional<String> input(Properties target) {
        Optional<String> input = target.optionalString("Input");
        try {
            if (input.isPresent()) {
                JSON.readTree(input.get());
            }
            return input;
        } catch (JsonProcessingException e) {
            throw target.refuse("Input", "JSON");
        }
    }
}
