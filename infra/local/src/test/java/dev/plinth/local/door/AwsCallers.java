package dev.plinth.local.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.iam.Role;
import dev.plinth.local.lambda.RoleCredentials.Credentials;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Roles for tests of the door, each with one policy, and their credentials as the SDK wants them. */
final class AwsCallers {
    static final Account ACCOUNT = new Account("000000000000", "us-east-1");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private AwsCallers() {
    }

    /** Returns the credentials of a new role with the given statements. */
    static AwsCredentialsProvider withStatements(Callers callers, String statements) {
        String name = "role-" + COUNT.incrementAndGet();
        try {
            callers.define(new Role(name, ACCOUNT.globalArn("iam", "role/" + name), "test/" + name,
                    List.of(new PolicyReader(Door.conditionKeys()).policy("policy", "test/" + name, new ObjectMapper().readTree(
                            "{\"Version\": \"2012-10-17\", \"Statement\": " + statements + "}"))), Optional.empty()));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
        return provider(callers.of(name));
    }

    static AwsCredentialsProvider provider(Credentials credentials) {
        return StaticCredentialsProvider.create(AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()));
    }
}
