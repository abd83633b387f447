package dev.plinth.local.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes the text of an {@code Fn::Sub} apart, in one pass: what a variable yields is not searched for variables. */
final class SubText {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9_.:]+");

    private SubText() {
    }

    static Expression parse(String text, Map<String, Expression> variables, Place place) {
        List<Expression> parts = new ArrayList<>();
        StringBuilder constant = new StringBuilder();
        int position = 0;
        while (position < text.length()) {
            int open = text.indexOf("${", position);
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw place.refuse("${ without } in \"" + text + "\"", "${Name}, ${LogicalId.Attribute}, ${!Literal}");
            }
            constant.append(text, position, open);
            String name = text.substring(open + 2, close);
            if (name.startsWith("!")) {
                constant.append("${").append(name, 1, name.length()).append('}');
            } else {
                parts.add(Expression.Constant.of(constant.toString()));
                constant.setLength(0);
                parts.add(variable(name.strip(), variables, place));
            }
            position = close + 1;
        }
        parts.add(Expression.Constant.of(constant.append(text, position, text.length()).toString()));
        return new TextFunctions.Sub(parts, place);
    }

    private static Expression variable(String name, Map<String, Expression> variables, Place place) {
        Expression given = variables.get(name);
        if (given != null) {
            return given;
        }
        int dot = name.indexOf('.');
        if (!VARIABLE.matcher(name).matches() || dot == 0 || dot == name.length() - 1) {
            throw place.refuse("the variable ${" + name + "}", "${Name}, ${LogicalId.Attribute}, ${!Literal}");
        }
        return dot < 0
                ? new LookupFunctions.Ref(name, place)
                : new LookupFunctions.GetAtt(name.substring(0, dot), name.substring(dot + 1), place);
    }
}
