package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.stack.ChangeSetRequest;
import dev.plinth.local.stack.StackEvent;
import dev.plinth.local.stack.StackFailure;
import dev.plinth.local.stack.StackView;
import dev.plinth.local.stack.Stacks;
import dev.plinth.local.template.DeployedStack;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * CloudFormation's calls: the reading ones about every stack, so that programs find the outputs here as they do on AWS,
 * and the writing ones about stacks that programs deploy. The stacks of the laptop's own assembly are read only. A
 * parameter that it does not honour is refused.
 */
final class CloudFormationService implements AwsService {
    static final Set<String> CONDITION_KEYS = Set.of("cloudformation:ChangeSetName", "cloudformation:ResourceTypes",
            "cloudformation:RoleArn", "cloudformation:TemplateUrl", "iam:PassedToService");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PRINCIPAL = "cloudformation.amazonaws.com";
    private static final int EVENTS_A_PAGE = 100;

    /** What each operation may be told. */
    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "DescribeStacks", Set.of("StackName"),
            "DescribeStackResources", Set.of("StackName"),
            "ListStackResources", Set.of("StackName"),
            "DescribeStackEvents", Set.of("StackName", "NextToken"),
            "CreateChangeSet", Set.of("StackName", "ChangeSetName", "ChangeSetType", "ClientToken", "TemplateURL",
                    "TemplateBody", "RoleARN", "ResourceTypes", "OnStackFailure", "Description"),
            "DescribeChangeSet", Set.of("StackName", "ChangeSetName"),
            "ExecuteChangeSet", Set.of("StackName", "ChangeSetName", "ClientRequestToken"),
            "DeleteChangeSet", Set.of("StackName", "ChangeSetName"),
            "DeleteStack", Set.of("StackName", "RoleARN", "ClientRequestToken"));

    private final Account account;
    private final Supplier<List<DeployedStack>> own;
    private final Stacks stacks;
    private final TemplateFiles templates;
    private final Instant created = Instant.now();

    /** @param own the stacks of the laptop's cloud */
    CloudFormationService(Account account, Supplier<List<DeployedStack>> own, Stacks stacks, TemplateFiles templates) {
        this.account = account;
        this.own = own;
        this.stacks = stacks;
        this.templates = templates;
    }

    @Override
    public String name() {
        return "cloudformation";
    }

    @Override
    public AwsCall parse(DoorRequest request) {
        ObjectNode parameters = JSON.createObjectNode();
        String form = request.body().length > 0 ? new String(request.body(), StandardCharsets.UTF_8) : request.query();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new AwsCall(name(), parameters.path("Action").asText(), parameters, Map.of(), request.body());
    }

    /** As the Service Authorization Reference has it; whoever names a role passes it, and reads the template. */
    @Override
    public Optional<List<AccessRequest>> permissions(AwsCall call) {
        if (!PARAMETERS.containsKey(call.operation())) {
            return Optional.empty();
        }
        JsonNode input = call.input();
        List<AccessRequest> needed = new ArrayList<>();
        needed.add(new AccessRequest(call.name(), stackArn(input), context(input)));
        text(input, "RoleARN").ifPresent(role -> needed.add(
                new AccessRequest("iam:PassRole", role, Map.of("iam:PassedToService", List.of(PRINCIPAL)))));
        text(input, "TemplateURL").flatMap(this::templateObject).ifPresent(object -> needed.add(
                new AccessRequest("s3:GetObject", object.arn(), Map.of("aws:SecureTransport", List.of("true")))));
        return Optional.of(needed);
    }

    private static Map<String, List<String>> context(JsonNode input) {
        Map<String, List<String>> context = new HashMap<>();
        text(input, "ChangeSetName").ifPresent(name -> context.put("cloudformation:ChangeSetName", List.of(name)));
        text(input, "RoleARN").ifPresent(role -> context.put("cloudformation:RoleArn", List.of(role)));
        text(input, "TemplateURL").ifPresent(url -> context.put("cloudformation:TemplateUrl", List.of(url)));
        List<String> types = members(input, "ResourceTypes");
        if (!types.isEmpty()) {
            context.put("cloudformation:ResourceTypes", types);
        }
        return context;
    }

    private String stackArn(JsonNode input) {
        String nameOrArn = text(input, "StackName").orElse("");
        if (nameOrArn.isEmpty()) {
            return "*";
        }
        return nameOrArn.startsWith("arn:") ? nameOrArn : account.arn("cloudformation", "stack/" + nameOrArn + "/*");
    }

    private Optional<TemplateFiles.Place> templateObject(String url) {
        return TemplateFiles.Place.of(url, account.region());
    }

    @Override
    public AwsAnswer answer(AwsCall call) throws IOException, InterruptedException {
        Set<String> known = PARAMETERS.get(call.operation());
        if (known == null) {
            return error(400, "InvalidAction", "The laptop's cloud does not answer " + call.name() + ". It answers "
                    + new TreeSet<>(PARAMETERS.keySet()) + ".");
        }
        try {
            refuseUnknown(call, known);
            return answerKnown(call.operation(), call.input());
        } catch (StackFailure failure) {
            return error(failure.status(), failure.code(), failure.getMessage());
        }
    }

    private static void refuseUnknown(AwsCall call, Set<String> known) {
        call.input().fieldNames().forEachRemaining(parameter -> {
            String name = parameter.replaceFirst("\\..*", "");
            if (!name.equals("Action") && !name.equals("Version") && !known.contains(name)) {
                throw StackFailure.invalid("The laptop's cloud does not honour the parameter " + name + " of "
                        + call.operation() + ". It honours " + new TreeSet<>(known) + ".");
            }
        });
    }

    private AwsAnswer answerKnown(String operation, JsonNode input) throws IOException, InterruptedException {
        String stackName = text(input, "StackName").orElse("");
        return switch (operation) {
            case "DescribeStacks" -> StackViews.stacks(described(stackName));
            case "DescribeStackResources" -> StackViews.resources(described(required(input, "StackName")));
            case "ListStackResources" -> StackViews.resourceSummaries(described(required(input, "StackName")).get(0));
            case "DescribeStackEvents" -> events(required(input, "StackName"), text(input, "NextToken"));
            case "CreateChangeSet" -> StackViews.createdChangeSet(stacks.createChangeSet(changeSet(input)));
            case "DescribeChangeSet" ->
                    StackViews.changeSet(stacks.describeChangeSet(required(input, "ChangeSetName"), stackName));
            case "ExecuteChangeSet" -> {
                stacks.executeChangeSet(required(input, "ChangeSetName"), stackName, text(input, "ClientRequestToken"));
                yield StackViews.done(operation);
            }
            case "DeleteChangeSet" -> {
                stacks.deleteChangeSet(required(input, "ChangeSetName"), stackName);
                yield StackViews.done(operation);
            }
            case "DeleteStack" -> {
                refuseOwn(required(input, "StackName"));
                stacks.deleteStack(stackName, text(input, "RoleARN"));
                yield StackViews.done(operation);
            }
            default -> throw new IllegalStateException(operation);
        };
    }

    private ChangeSetRequest changeSet(JsonNode input) throws IOException, InterruptedException {
        String stackName = required(input, "StackName");
        refuseOwn(stackName);
        requireOne(input, "ChangeSetType", "CREATE");
        if (input.has("OnStackFailure")) {
            requireOne(input, "OnStackFailure", "ROLLBACK");
        }
        String role = text(input, "RoleARN").orElseThrow(() -> StackFailure.invalid(
                "The laptop's cloud creates stacks in the name of a role only: RoleARN is missing."));
        return new ChangeSetRequest(stackName, required(input, "ChangeSetName"), text(input, "ClientToken"),
                template(input), role, members(input, "ResourceTypes"));
    }

    private static void requireOne(JsonNode input, String name, String supported) {
        String found = text(input, name).orElse("");
        if (!found.equals(supported)) {
            throw StackFailure.invalid("The laptop's cloud honours " + name + " " + supported + " only, not \"" + found
                    + "\".");
        }
    }

    private byte[] template(JsonNode input) throws IOException, InterruptedException {
        Optional<String> url = text(input, "TemplateURL");
        Optional<String> body = text(input, "TemplateBody");
        if (url.isPresent() == body.isPresent()) {
            throw StackFailure.invalid("Either Template URL or Template Body must be specified.");
        }
        if (body.isPresent()) {
            return body.get().getBytes(StandardCharsets.UTF_8);
        }
        TemplateFiles.Place place = templateObject(url.get()).orElseThrow(() ->
                StackFailure.invalid("TemplateURL must reference a valid S3 object to which you have access."));
        return templates.read(place)
                .orElseThrow(() -> StackFailure.invalid("S3 error: The specified key does not exist."));
    }

    private void refuseOwn(String stackName) {
        if (own.get().stream().anyMatch(stack -> stack.name().equals(stackName) || stack.id().equals(stackName))) {
            throw StackFailure.invalid("Stack [" + stackName + "] is one of the cloud itself: programs cannot change it.");
        }
    }

    /** @param nameOrId empty for all stacks that exist */
    private List<StackView> described(String nameOrId) {
        List<StackView> ofCloud = own.get().stream()
                .filter(stack -> nameOrId.isEmpty() || stack.name().equals(nameOrId) || stack.id().equals(nameOrId))
                .map(stack -> StackViews.of(stack, created)).toList();
        if (nameOrId.isEmpty()) {
            return Stream.concat(ofCloud.stream(), stacks.existing().stream()).toList();
        }
        return ofCloud.isEmpty() ? List.of(stacks.describe(nameOrId)) : ofCloud;
    }

    /** A page begins after the event whose id the token is. */
    private AwsAnswer events(String nameOrId, Optional<String> token) {
        StackView stack = described(nameOrId).get(0);
        List<StackEvent> all = stacks.has(nameOrId) ? stacks.events(nameOrId) : stack.resources();
        int from = token.map(last -> 1 + all.stream().map(StackEvent::id).toList().indexOf(last)).orElse(0);
        if (token.isPresent() && from == 0) {
            throw StackFailure.invalid("The NextToken is not one of this stack.");
        }
        List<StackEvent> page = all.subList(from, Math.min(all.size(), from + EVENTS_A_PAGE));
        Optional<String> next = from + page.size() < all.size()
                ? Optional.of(page.get(page.size() - 1).id()) : Optional.empty();
        return StackViews.events(stack, page, next);
    }

    private static String required(JsonNode input, String name) {
        return text(input, name).orElseThrow(() -> StackFailure.invalid("1 validation error detected: Value null at '"
                + name + "' failed to satisfy constraint: Member must not be null"));
    }

    private static Optional<String> text(JsonNode input, String name) {
        return Optional.ofNullable(input.path(name).textValue()).filter(text -> !text.isEmpty());
    }

    private static List<String> members(JsonNode input, String name) {
        List<String> members = new ArrayList<>();
        for (int i = 1; input.has(name + ".member." + i); i++) {
            members.add(input.get(name + ".member." + i).asText());
        }
        return members;
    }

    @Override
    public AwsAnswer error(int status, String code, String message) {
        return StackViews.PROTOCOL.error(status, code, message);
    }
}
