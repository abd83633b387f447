package dev.plinth.local.iam;

/**
 * Where something stands in a policy.
 *
 * @param pointer a JSON pointer (RFC 6901) into the policy document
 */
record PolicyPlace(String policyName, String constructPath, String pointer) {

    PolicyPlace at(String key) {
        String escaped = key.replace("~", "~0").replace("/", "~1");
        return new PolicyPlace(policyName, constructPath, pointer + "/" + escaped);
    }

    PolicyPlace at(int index) {
        return new PolicyPlace(policyName, constructPath, pointer + "/" + index);
    }

    PolicyException refuse(String found, String supported) {
        String document = pointer.isEmpty() ? "" : ", document " + pointer;
        return new PolicyException(constructPath + " (policy " + policyName + document + "): found " + found
                + "; supported: " + supported + ".");
    }
}
