package dev.plinth.local.door;

/**
 * The account that the laptop stands for.
 *
 * @param id     twelve digits
 * @param region for example {@code eu-central-1}
 */
public record Account(String id, String region) {
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + id + ":" + resource;
    }

    /** Returns the ARN of a resource of a global service, which names no region. */
    public String globalArn(String service, String resource) {
        return "arn:aws:" + service + "::" + id + ":" + resource;
    }
}
