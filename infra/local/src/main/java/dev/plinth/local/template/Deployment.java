package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Walks the resources of all stacks in the order in which they depend on each other, and resolves each resource's
 * properties just before it is created.
 */
public final class Deployment {
    private final List<StackArtifact> stacks;
    private final Pseudo pseudo;
    private final DynamicValues dynamicValues;
    private final UnaryOperator<String> stackIds;

    /** @throws TemplateException if a stack is meant for another account or region */
    public Deployment(CloudAssembly assembly, Pseudo pseudo, DynamicReferences dynamicReferences) {
        this(assembly.stacks(), pseudo, dynamicReferences, pseudo::stackId);
    }

    /** @param stackIds gives a stack's ARN by its name */
    Deployment(List<StackArtifact> stacks, Pseudo pseudo, DynamicReferences dynamicReferences,
            UnaryOperator<String> stackIds) {
        this.stacks = stacks;
        this.pseudo = pseudo;
        this.dynamicValues = new DynamicValues(dynamicReferences);
        this.stackIds = stackIds;
        stacks.forEach(this::checkEnvironment);
    }

    /**
     * Returns the resources that will be created, in order. Resources whose condition is false are not among them.
     *
     * @throws TemplateException if resources or conditions depend on each other in a cycle
     */
    public List<PlannedResource> plan() {
        List<PlannedResource> planned = new ArrayList<>();
        for (StackArtifact stack : stacks) {
            Scope scope = new Scope(stack, pseudo, stackIds.apply(stack.name()), new DeployedValues());
            order(stack, scope).forEach((logicalId, resource) -> planned.add(new PlannedResource(
                    stack.name(),
                    logicalId,
                    resource.type(),
                    resource.place().constructPath(),
                    resource.deletionPolicy())));
        }
        return List.copyOf(planned);
    }

    /**
     * Creates all resources and returns the stacks in the order of their deployment. It stops at the first failure, and
     * leaves what was created to the caller.
     *
     * @throws TemplateException if a template cannot be honoured or the creator fails
     */
    public List<DeployedStack> deploy(ResourceCreator creator) {
        DeployedValues deployed = new DeployedValues();
        List<DeployedStack> result = new ArrayList<>();
        for (StackArtifact stack : stacks) {
            result.add(deploy(stack, creator, deployed));
        }
        return List.copyOf(result);
    }

    private DeployedStack deploy(StackArtifact stack, ResourceCreator creator, DeployedValues deployed) {
        Scope scope = new Scope(stack, pseudo, stackIds.apply(stack.name()), deployed);
        List<DeployedStack.Resource> resources = new ArrayList<>();
        order(stack, scope).forEach((logicalId, resource) -> {
            CreatedResource created = create(stack, logicalId, resource, scope, creator);
            scope.created(logicalId, created);
            resources.add(new DeployedStack.Resource(
                    logicalId, resource.type(), created.ref(), resource.place().constructPath()));
        });
        List<DeployedStack.Output> outputs = outputs(stack, scope);
        // Registered after all of them are resolved: a stack sees neither its own outputs nor its own exports.
        deployed.add(stack.name());
        outputs.forEach(output ->
                deployed.add(stack.name(), output, stack.template().outputs().get(output.key()).place()));
        return new DeployedStack(
                stack.name(), stackIds.apply(stack.name()), stack.template().description(), outputs, resources);
    }

    private CreatedResource create(
            StackArtifact stack, String logicalId, Template.Resource resource, Scope scope, ResourceCreator creator) {
        JsonNode values = dynamicValues.resolve(resource.properties().evaluate(scope), resource.propertiesPlace());
        Properties properties = new Properties(resource.propertiesPlace(), (ObjectNode) values);
        CreatedResource created;
        try {
            created = creator.create(new ResourceDefinition(stack.name(), logicalId, resource.type(),
                    resource.place().constructPath(), resource.deletionPolicy(), properties));
        } catch (TemplateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw resource.place().failed("this " + resource.type() + " could not be created: " + e.getMessage(), e);
        }
        properties.done();
        return created;
    }

    private List<DeployedStack.Output> outputs(StackArtifact stack, Scope scope) {
        List<DeployedStack.Output> outputs = new ArrayList<>();
        stack.template().outputs().forEach((key, output) -> {
            if (output.condition().map(scope::condition).orElse(true)) {
                Place place = output.place().at("Value");
                JsonNode value = dynamicValues.resolve(output.value().evaluate(scope), place);
                outputs.add(new DeployedStack.Output(key, Expression.scalar(value, place), output.description(),
                        output.exportName().map(name -> name.text(scope, output.place().at("Export").at("Name")))));
            }
        });
        return outputs;
    }

    private static Map<String, Template.Resource> order(StackArtifact stack, Scope scope) {
        Map<String, Template.Resource> all = stack.template().resources();
        Map<String, Set<String>> dependencies = new LinkedHashMap<>();
        all.forEach((logicalId, resource) -> {
            if (scope.exists(resource)) {
                dependencies.put(logicalId, dependencies(resource, all, scope));
            }
        });
        Map<String, Template.Resource> ordered = new LinkedHashMap<>();
        DependencyOrder.sort(dependencies, cycle -> Place.of(stack.name()).at("Resources").refuse(
                        "resources that depend on each other: " + describe(cycle, all), "resources without cycles"))
                .forEach(logicalId -> ordered.put(logicalId, all.get(logicalId)));
        return ordered;
    }

    private static Set<String> dependencies(
            Template.Resource resource, Map<String, Template.Resource> all, Scope scope) {
        Set<String> ids = new LinkedHashSet<>();
        // As on AWS, DependsOn may name a resource whose condition is false, and then has no effect.
        resource.dependsOn().stream().filter(id -> scope.exists(all.get(id))).forEach(ids::add);
        resource.properties().visit(new ResourceDependencies(all, scope, ids));
        return ids;
    }

    private static String describe(String cycle, Map<String, Template.Resource> all) {
        List<String> paths = new ArrayList<>();
        for (String logicalId : cycle.split(" -> ")) {
            paths.add(logicalId + " (" + all.get(logicalId).place().constructPath() + ")");
        }
        return String.join(" -> ", paths);
    }

    private void checkEnvironment(StackArtifact stack) {
        Optional<StackArtifact.Environment> fixed = stack.environment();
        StackArtifact.Environment here = new StackArtifact.Environment(pseudo.accountId(), pseudo.region());
        if (fixed.isPresent() && !fixed.get().equals(here)) {
            throw Place.of(stack.name()).refuse("a stack for " + fixed.get(), "stacks for " + here);
        }
    }

    /** Collects the resources of a template that a resource refers to, in the chosen branches of each Fn::If. */
    private record ResourceDependencies(Map<String, Template.Resource> all, Scope scope, Set<String> ids)
            implements References {
        @Override
        public void ref(String name, Place place) {
            if (all.containsKey(name)) {
                attribute(name, place);
            }
        }

        @Override
        public void attribute(String logicalId, Place place) {
            Template.Resource target = all.get(logicalId);
            if (!scope.exists(target)) {
                String condition = target.condition().orElseThrow();
                throw place.refuse("a reference to " + logicalId + ", which does not exist since its condition "
                        + condition + " is false", "references to resources that exist");
            }
            ids.add(logicalId);
        }

        @Override
        public void condition(String name, Place place) {
            // A condition sees no resources.
        }

        @Override
        public void mapping(String name, Place place) {
            // A mapping holds constants only.
        }

        @Override
        public Optional<Boolean> branch(String condition) {
            return Optional.of(scope.condition(condition));
        }
    }
}
