package dev.plinth.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The rules of an architecture beyond the types of its values. */
final class ArchitectureRules {
    private final ArchitectureDefinition architecture;
    private final Violations violations;
    private final Set<String> ids = new HashSet<>();

    /** Who has a logical id of the template already. */
    private final Map<String, String> logicalIds = new HashMap<>();

    ArchitectureRules(ArchitectureDefinition architecture, Violations violations) {
        this.architecture = architecture;
        this.violations = violations;
    }

    void check() {
        List<Component> components = architecture.components();
        // An empty template is no stack. Unless the list could not be read: then that has been said.
        if (violations.isEmpty()
                && components.stream().noneMatch(component -> component.type().deployed())) {
            violations.add("/components", "must have at least one TABLE, QUEUE, TOPIC or BUCKET");
        }
        for (int i = 0; i < components.size(); i++) {
            component(components.get(i), "/components/" + i);
        }
        Set<String> connections = new HashSet<>();
        for (int i = 0; i < architecture.connections().size(); i++) {
            connection(architecture.connections().get(i), "/connections/" + i, connections);
        }
    }

    private void component(Component component, String at) {
        ComponentType type = component.type();
        if (type != null) {
            only(type, ComponentType.TABLE, component.entity(), at + "/entity");
            only(type, ComponentType.TABLE, component.timeToLive(), at + "/timeToLive");
            only(type, ComponentType.QUEUE, component.visibilitySeconds(), at + "/visibilitySeconds");
            only(type, ComponentType.QUEUE, component.maxReceives(), at + "/maxReceives");
            only(type, ComponentType.BUCKET, component.expireDays(), at + "/expireDays");
        }
        identifier(component.entity(), at + "/entity");
        identifier(component.timeToLive(), at + "/timeToLive");
        if ("id".equals(component.timeToLive())) {
            violations.add(at + "/timeToLive", "must not be id, which is the key of the table");
        }
        if (component.id() == null || !identifier(component.id(), at + "/id")) {
            return;
        }
        if (!ids.add(component.id().toLowerCase(Locale.ROOT))) {
            violations.add(at + "/id", "is the id of another component already, but for capitals");
        } else if (type != null && type.deployed()) {
            logicalId(component.logicalId(), component, at + "/id");
            if (type == ComponentType.QUEUE) {
                logicalId(component.deadLettersId(), component, at + "/id");
            }
            if (type == ComponentType.QUEUE || type == ComponentType.BUCKET) {
                logicalId(component.policyId(), component, at + "/id");
            }
        }
    }

    private void connection(Connection connection, String at, Set<String> known) {
        Component from = end(connection.from(), at + "/from");
        Component to = end(connection.to(), at + "/to");
        if (from == null || to == null) {
            return;
        }
        if (from.equals(to)) {
            violations.add(at + "/to", "must be another component than from");
        } else if (!known.add(from.id() + ' ' + to.id())) {
            violations.add(at, "is there already");
        } else if (from.type() == ComponentType.TOPIC && to.type() == ComponentType.QUEUE
                && Names.isIdentifier(from.id()) && Names.isIdentifier(to.id())) {
            logicalId(from.subscriptionId(to), from, at);
        }
    }

    private Component end(String id, String at) {
        if (id == null) {
            return null;
        }
        Component component = architecture.component(id);
        if (component == null) {
            violations.add(at, "is the id of no component");
        }
        return component;
    }

    private void logicalId(String logicalId, Component component, String at) {
        String holder = logicalIds.putIfAbsent(logicalId.toLowerCase(Locale.ROOT), component.id());
        if (holder != null) {
            violations.add(at, "gives the resource " + logicalId + ", as does the component " + holder);
        }
    }

    private void only(ComponentType type, ComponentType wanted, Object value, String at) {
        if (value != null && type != wanted) {
            violations.add(at, "is only for components of type " + wanted);
        }
    }

    private boolean identifier(String name, String at) {
        if (name != null && !Names.isIdentifier(name)) {
            violations.add(at, Names.IDENTIFIER_RULE);
            return false;
        }
        return true;
    }
}
