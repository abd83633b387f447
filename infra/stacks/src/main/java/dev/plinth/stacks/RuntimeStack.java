package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import dev.plinth.contract.Trigger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** The functions, one for each service but the migrations, what starts them, and the API in front of them. */
final class RuntimeStack extends StageStack {
    private final Props props;
    private final ServiceApi api;
    private final SigningKey signingKey;
    private final DeploymentRole deploymentRole;
    private final Map<Service, ServiceFunction> functions = new EnumMap<>(Service.class);

    /**
     * Takes what the functions start with, what starts them and what they may do.
     *
     * @param queues each starts the function of its consumer
     */
    record Props(Stage stage, SettingValues settings, FunctionsJar jar, Network network, Grants grants,
            List<WorkQueue> queues) {
        Props {
            queues = List.copyOf(queues);
        }
    }

    RuntimeStack(Construct scope, Props props) {
        super(scope, StackId.RUNTIME, "Plinth: functions and HTTP API", props.stage(), props.settings());
        holdWhatItUses();
        this.props = props;
        this.signingKey = new SigningKey(this, "SigningKey", props.stage());
        publish(Setting.TOKEN_SIGNING_KEY_ARN, signingKey.arn());
        publish(Setting.TOKEN_ISSUER, "urn:plinth:" + props.stage().name());
        publish(Setting.OPERATOR_EMAIL, props.stage().mail().operator());
        this.deploymentRole = new DeploymentRole(this, "Deployments", props.stage());
        publish(Setting.DEPLOYMENT_ROLE_ARN, deploymentRole.arn());
        publish(Setting.DEPLOYMENT_STACK_PREFIX, deploymentRole.prefix());
        Code code = props.jar().code();
        for (Service service : Service.values()) {
            if (service.trigger() != Trigger.DEPLOYMENT) {
                functions.put(service, function(service, code));
            }
        }
        signingKey.grantSigning(functions.get(Service.IDENTITY));
        deploymentRole.grantDeploying(functions.get(Service.DEPLOYMENT_WORKER));
        this.api = new ServiceApi(this, "Api", props.stage(), functions.get(Service.AUTHORIZER).live());
        functions.forEach(this::start);
        publish(Setting.API_URL, api.url());
    }

    private ServiceFunction function(Service service, Code code) {
        ServiceFunction function = new ServiceFunction(this, service.environment(), new ServiceFunction.Props(service,
                props.settings().variables(service), code, props.stage(), props.network().placeOf(service)));
        props.grants().give(service, function);
        return function;
    }

    private void start(Service service, ServiceFunction function) {
        switch (service.trigger()) {
            case HTTP -> api.serve(service, function.live());
            case QUEUE -> queueOf(service).start(function);
            case SCHEDULE -> new EveryMinute(function, "Clock", function.live());
            case ROTATION -> signingKey.rotateBy(function);
            // The API starts it, as a part of itself.
            case AUTHORIZER -> { }
            case DEPLOYMENT -> throw new IllegalStateException(service + " is started by its own stack");
        }
    }

    private WorkQueue queueOf(Service service) {
        return props.queues().stream().filter(queue -> queue.consumer() == service).findFirst()
                .orElseThrow(() -> new IllegalStateException("No queue starts " + service));
    }

    ServiceApi api() {
        return api;
    }

    /** Returns the function of each service, in the order of the contract. */
    Map<Service, ServiceFunction> functions() {
        return Collections.unmodifiableMap(functions);
    }
}
