package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awscdk.CrossStackReferences;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** The functions, one for each service, and the API in front of them. */
final class RuntimeStack extends StageStack {
    private final ServiceApi api;
    private final Map<Service, ServiceFunction> functions = new EnumMap<>(Service.class);

    /**
     * Takes what the functions start with and what they may do.
     *
     * @param grants gives each service's function its permissions; one entry for each service
     */
    record Props(Stage stage, SettingValues settings, FunctionsJar jar, Map<Service, Consumer<IGrantable>> grants) {
        Props {
            grants = Map.copyOf(grants);
            for (Service service : Service.values()) {
                if (!grants.containsKey(service)) {
                    throw new IllegalStateException(service + " has no grants");
                }
            }
        }
    }

    RuntimeStack(Construct scope, Props props) {
        super(scope, StackId.RUNTIME, "Plinth: functions and HTTP API", props.stage(), props.settings());
        // A published version keeps the table's name for its life, so the table must not change under it (ADR 0002).
        CrossStackReferences.of(this).consume(ReferenceStrength.STRONG);
        Code code = props.jar().code();
        this.api = new ServiceApi(this, "Api", props.stage());
        for (Service service : Service.values()) {
            ServiceFunction function = new ServiceFunction(this, service.environment(), new ServiceFunction.Props(
                    service, props.settings().variables(service), code, props.stage()));
            props.grants().get(service).accept(function);
            api.serve(service, function.live());
            functions.put(service, function);
        }
        publish(Setting.API_URL, api.url());
    }

    ServiceApi api() {
        return api;
    }

    /** Returns the function of each service, in the order of the contract. */
    Map<Service, ServiceFunction> functions() {
        return Collections.unmodifiableMap(functions);
    }
}
