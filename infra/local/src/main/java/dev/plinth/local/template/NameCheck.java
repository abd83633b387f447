package dev.plinth.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that every name in a template exists in it, in both branches of each Fn::If, before anything is created. */
final class NameCheck implements References {
    private static final List<String> PSEUDO_PARAMETERS = List.of("AWS::AccountId", "AWS::NoValue", "AWS::Partition",
            "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix");

    private final Template template;
    private final boolean resourcesAllowed;

    private NameCheck(Template template, boolean resourcesAllowed) {
        this.template = template;
        this.resourcesAllowed = resourcesAllowed;
    }

    static void check(Template template, Place place) {
        NameCheck anywhere = new NameCheck(template, true);
        NameCheck inConditions = new NameCheck(template, false);
        template.conditions().values().forEach(condition -> condition.visit(inConditions));
        template.resources().values().forEach(resource -> {
            resource.properties().visit(anywhere);
            resource.condition().ifPresent(name -> anywhere.condition(name, resource.place().at("Condition")));
            resource.dependsOn().forEach(id -> anywhere.attribute(id, resource.place().at("DependsOn")));
        });
        template.outputs().values().forEach(output -> {
            output.value().visit(anywhere);
            output.exportName().ifPresent(name -> name.visit(anywhere));
            output.condition().ifPresent(name -> anywhere.condition(name, output.place().at("Condition")));
        });
    }

    @Override
    public void ref(String name, Place place) {
        if (PSEUDO_PARAMETERS.contains(name)) {
            return;
        }
        if (template.parameters().containsKey(name)) {
            Template.Parameter parameter = template.parameters().get(name);
            if (parameter.value().isEmpty()) {
                throw place.refuse("a reference to " + name + ", a parameter of type " + parameter.type(),
                        "parameters whose value is in the template");
            }
            return;
        }
        if (!resourcesAllowed || !template.resources().containsKey(name)) {
            throw place.refuse("a reference to " + name, "a parameter, " + String.join(", ", PSEUDO_PARAMETERS)
                    + (resourcesAllowed ? ", or a resource of this template" : "; conditions see no resources"));
        }
    }

    @Override
    public void attribute(String logicalId, Place place) {
        if (!resourcesAllowed || !template.resources().containsKey(logicalId)) {
            throw place.refuse("a reference to " + logicalId,
                    resourcesAllowed ? "a resource of this template" : "parameters; conditions see no resources");
        }
    }

    @Override
    public void condition(String name, Place place) {
        require(template.conditions(), name, place, "condition");
    }

    @Override
    public void mapping(String name, Place place) {
        require(template.mappings(), name, place, "mapping");
    }

    @Override
    public Optional<Boolean> branch(String condition) {
        return Optional.empty();
    }

    private static void require(Map<String, ?> known, String name, Place place, String what) {
        if (!known.containsKey(name)) {
            throw place.refuse("the " + what + " " + name,
                    known.isEmpty() ? "none, since none is declared" : String.join(", ", known.keySet()));
        }
    }
}
