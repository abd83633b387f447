package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A value that is true or false: an entry of a template's Conditions, or a part of one. */
interface Condition {
    boolean holds(Scope scope);

    void visit(References references);

    /** {@code {"Condition": name}}. */
    record Named(String name, Place place) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            return scope.condition(name);
        }

        @Override
        public void visit(References references) {
            references.condition(name, place);
        }
    }

    /** {@code Fn::Equals}. */
    record Equals(Expression left, Expression right) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            JsonNode one = left.evaluate(scope);
            JsonNode other = right.evaluate(scope);
            // Parameters are text, so 1 and "1" are equal as they are on AWS.
            return one.isValueNode() && other.isValueNode() ? one.asText().equals(other.asText()) : one.equals(other);
        }

        @Override
        public void visit(References references) {
            left.visit(references);
            right.visit(references);
        }
    }

    /** {@code Fn::And}. */
    record And(List<Condition> terms) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            return terms.stream().allMatch(term -> term.holds(scope));
        }

        @Override
        public void visit(References references) {
            terms.forEach(term -> term.visit(references));
        }
    }

    /** {@code Fn::Or}. */
    record Or(List<Condition> terms) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            return terms.stream().anyMatch(term -> term.holds(scope));
        }

        @Override
        public void visit(References references) {
            terms.forEach(term -> term.visit(references));
        }
    }

    /** {@code Fn::Not}. */
    record Not(Condition term) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            return !term.holds(scope);
        }

        @Override
        public void visit(References references) {
            term.visit(references);
        }
    }
}
