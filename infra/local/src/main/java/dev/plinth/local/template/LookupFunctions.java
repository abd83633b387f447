package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/** The intrinsic functions that look something up by name. */
final class LookupFunctions {
    private LookupFunctions() {
    }

    record Ref(String name, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            return scope.ref(name, place);
        }

        @Override
        public void visit(References references) {
            references.ref(name, place);
        }
    }

    record GetAtt(String logicalId, String attribute, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            return TextNode.valueOf(scope.attribute(logicalId, attribute, place));
        }

        @Override
        public void visit(References references) {
            references.attribute(logicalId, place);
        }
    }

    record FindInMap(String map, Expression topKey, Expression secondKey, Optional<Expression> otherwise, Place place)
            implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            String top = topKey.text(scope, place.at(1));
            String second = secondKey.text(scope, place.at(2));
            JsonNode table = scope.mapping(map);
            JsonNode value = table.path(top).path(second);
            if (!value.isMissingNode()) {
                return value;
            }
            return otherwise.map(expression -> expression.evaluate(scope)).orElseThrow(
                    () -> place.refuse("no entry " + top + ", " + second + " in mapping " + map, table.toString()));
        }

        @Override
        public void visit(References references) {
            references.mapping(map, place);
            topKey.visit(references);
            secondKey.visit(references);
            otherwise.ifPresent(expression -> expression.visit(references));
        }
    }

    record ImportValue(Expression name, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            return TextNode.valueOf(scope.importValue(name.text(scope, place), place));
        }

        @Override
        public void visit(References references) {
            name.visit(references);
        }
    }

    /** Reads the output of a stack in the account and region of this deployment; there is no other. */
    record GetStackOutput(Expression stack, Expression output, Optional<Expression> region, Place place)
            implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            region.ifPresent(expression -> scope.requireRegion(expression.text(scope, place.at("Region")), place));
            String stackName = stack.text(scope, place.at("StackName"));
            return TextNode.valueOf(scope.stackOutput(stackName, output.text(scope, place.at("OutputName")), place));
        }

        @Override
        public void visit(References references) {
            stack.visit(references);
            output.visit(references);
            region.ifPresent(expression -> expression.visit(references));
        }
    }

    record If(String condition, Expression then, Expression otherwise, Place place) implements Expression {
        @Override
        public JsonNode evaluate(Scope scope) {
            return (scope.condition(condition) ? then : otherwise).evaluate(scope);
        }

        @Override
        public void visit(References references) {
            references.condition(condition, place);
            Optional<Boolean> chosen = references.branch(condition);
            if (chosen.orElse(true)) {
                then.visit(references);
            }
            if (!chosen.orElse(false)) {
                otherwise.visit(references);
            }
        }
    }
}
