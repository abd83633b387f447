package dev.plinth.local.template;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * The values of CloudFormation's pseudo parameters that are the same in every stack.
 *
 * @param accountId twelve digits
 * @param region    for example {@code eu-west-1}
 */
public record Pseudo(String accountId, String region, String partition, String urlSuffix) {
    private static final String LOCAL_ACCOUNT = "000000000000";

    public Pseudo {
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("An account id has twelve digits, not " + accountId);
        }
    }

    /** Returns the account of a laptop, {@code 000000000000}, in the given region. */
    public static Pseudo local(String region) {
        return new Pseudo(LOCAL_ACCOUNT, region, "aws", "amazonaws.com");
    }

    /** Returns the id of a stack. It depends on the name only, so two runs give a stack one id. */
    public String stackId(String stackName) {
        UUID unique = UUID.nameUUIDFromBytes(stackName.getBytes(StandardCharsets.UTF_8));
        String resource = "stack/" + stackName + "/" + unique;
        return String.join(":", "arn", partition, "cloudformation", region, accountId, resource);
    }

    /** Returns the value of {@code AWS::<name>}, or nothing if there is no such pseudo parameter with a value here. */
    Optional<String> value(String name, String stackName, String stackId) {
        return Optional.ofNullable(switch (name) {
            case "AWS::AccountId" -> accountId;
            case "AWS::Region" -> region;
            case "AWS::Partition" -> partition;
            case "AWS::URLSuffix" -> urlSuffix;
            case "AWS::StackName" -> stackName;
            case "AWS::StackId" -> stackId;
            default -> null;
        });
    }
}
