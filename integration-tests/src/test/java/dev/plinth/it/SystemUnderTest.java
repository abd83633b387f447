package dev.plinth.it;

import dev.plinth.contract.Setting;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClientBuilder;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** The system that the tests speak to: a stage on AWS, or the one laptop cloud of this run. */
final class SystemUnderTest {
    private static final Optional<String> AWS_STAGE = Optional.ofNullable(System.getenv("PLINTH_STAGE"));
    private static SystemUnderTest current;

    private final String stage;
    private final Optional<Laptop> laptop;
    private final Optional<People> people;
    private final Map<String, Person> signedIn = new HashMap<>();

    private SystemUnderTest(String stage, Optional<Laptop> laptop) {
        this.stage = stage;
        this.laptop = laptop;
        this.people = laptop.map(People::new);
    }

    /** Returns the system of this run, starting the laptop's cloud for the first caller. */
    static synchronized SystemUnderTest get() {
        if (current == null) {
            current = AWS_STAGE.map(stage -> new SystemUnderTest(stage, Optional.empty()))
                    .orElseGet(() -> new SystemUnderTest("dev", Optional.of(Laptop.start("shared", Laptop.ASSEMBLY))));
        }
        return current;
    }

    /** Ends the laptop's cloud, if this run has started one. */
    static synchronized void end() {
        if (current != null) {
            current.laptop.ifPresent(Laptop::close);
            current = null;
        }
    }

    /** Returns the laptop's cloud; only tests tagged {@code laptop} may ask. */
    Laptop laptop() {
        return laptop.orElseThrow(() -> new IllegalStateException("This test wants the laptop's cloud, and runs against AWS"));
    }

    /** The API, called by nobody in particular. */
    Api anonymous() {
        return Api.anonymous(URI.create(output(Setting.API_URL)));
    }

    /** Returns the people of the laptop's cloud; only tests tagged {@code laptop} may ask. */
    People people() {
        return people.orElseThrow(() -> new IllegalStateException("Only the laptop's mail can be read"));
    }

    /** Returns a customer: a new one on the laptop, on AWS the one of {@code PLINTH_CUSTOMER}. */
    Person customer() {
        return people.map(People::customer).orElseGet(() -> known("PLINTH_CUSTOMER"));
    }

    /** Returns an operator; on AWS the one of {@code PLINTH_OPERATOR}. */
    Person operator() {
        return people.map(People::operator).orElseGet(() -> known("PLINTH_OPERATOR"));
    }

    /** Signs in with a variable that reads like {@code address:password}. */
    private synchronized Person known(String variable) {
        return signedIn.computeIfAbsent(variable, name -> {
            String account = Objects.requireNonNull(System.getenv(name), name
                    + " names a user with a verified address, as address:password. No mail can be read here.");
            int colon = account.indexOf(':');
            return Person.signedIn(URI.create(output(Setting.API_URL)), account.substring(0, colon),
                    account.substring(colon + 1));
        });
    }

    /** The calls of the orders service, by somebody who sees every order. */
    Orders orders() {
        return operator().orders();
    }

    /** Reads a setting from the output of its stack, through CloudFormation's API. */
    String output(Setting setting) {
        try (CloudFormationClient client = client()) {
            String stack = setting.owner().nameIn(stage);
            return client.describeStacks(request -> request.stackName(stack)).stacks().get(0).outputs().stream()
                    .filter(output -> output.outputKey().equals(setting.outputKey()))
                    .map(Output::outputValue).findFirst()
                    .orElseThrow(() -> new AssertionError("Stack " + stack + " has no output " + setting.outputKey()));
        }
    }

    private CloudFormationClient client() {
        CloudFormationClientBuilder builder = CloudFormationClient.builder();
        laptop.map(Laptop::variables).ifPresent(variables -> builder
                .endpointOverride(URI.create(variables.get("AWS_ENDPOINT_URL")))
                .region(Region.of(variables.get("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY")))));
        return builder.build();
    }
}
