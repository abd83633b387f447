package dev.plinth.stacks;

import dev.plinth.contract.StackId;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.constructs.Construct;

/** The network, and who inside it may connect to whom. */
final class NetworkStack extends StageStack {
    private final Stage stage;
    private final Network network;

    NetworkStack(Construct scope, Stage stage, SettingValues settings) {
        super(scope, StackId.NETWORK, "Plinth: network without a way out", stage, settings);
        this.stage = stage;
        PrivateNetwork subnets = new PrivateNetwork(this, "Private", stage);
        this.network = new Network(subnets,
                new Peers(this, "Peers", subnets.vpcId(), stage.sizes().database().proxied()));
        addEndpoint(Destination.SECRETS, "secretsmanager", "secretsmanager:GetSecretValue",
                ArnComponents.builder().service("secretsmanager").resource("secret").resourceName("*")
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME).build());
        addEndpoint(Destination.QUEUES, "sqs", "sqs:SendMessage",
                ArnComponents.builder().service("sqs").resource("*").build());
        addEndpoint(Destination.MAIL, "email", "ses:SendEmail",
                ArnComponents.builder().service("ses").resource("*").build());
    }

    // Lets pass one action on what this account owns.
    private void addEndpoint(Destination to, String service, String action, ArnComponents resource) {
        network.subnets().addEndpoint(to.id(), service, network.groupOf(to), stage.sizes().endpointZones(), action,
                formatArn(resource));
    }

    Network network() {
        return network;
    }
}
