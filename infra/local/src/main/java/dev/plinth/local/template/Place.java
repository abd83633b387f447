package dev.plinth.local.template;

/**
 * Where something stands, so that every message can say it.
 *
 * @param constructPath the construct that wrote this part of the template; the stack's own for what no construct owns
 * @param pointer       a JSON pointer (RFC 6901) into the stack's template
 */
record Place(String stackName, String constructPath, String pointer) {

    static Place of(String stackName) {
        return new Place(stackName, stackName, "");
    }

    Place at(String key) {
        return new Place(stackName, constructPath, pointer + "/" + key.replace("~", "~0").replace("/", "~1"));
    }

    Place at(int index) {
        return new Place(stackName, constructPath, pointer + "/" + index);
    }

    Place ownedBy(String path) {
        return new Place(stackName, path, pointer);
    }

    TemplateException refuse(String found, String supported) {
        return new TemplateException(this + ": found " + found + "; supported: " + supported + ".");
    }

    TemplateException failed(String what, Throwable cause) {
        return new TemplateException(this + ": " + what, cause);
    }

    @Override
    public String toString() {
        return constructPath + " (stack " + stackName + (pointer.isEmpty() ? "" : ", template " + pointer) + ")";
    }
}
