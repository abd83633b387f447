package dev.plinth.identity;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.Beans;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.aws.FakeAws;
import dev.plinth.functions.sql.LocalPostgres;
import dev.plinth.functions.sql.TcpGate;
import dev.plinth.outbox.FakeQueues;
import java.util.HashMap;
import java.util.Map;

/** The function of the identity service as Lambda starts it, on a real PostgreSQL, with queues that keep messages. */
final class IdentityFunction implements AutoCloseable {
    static final String OPERATOR = "Boss@Example.org";

    private final LocalPostgres postgres = LocalPostgres.migrated();
    private final TcpGate gate = new TcpGate(LocalPostgres.port());
    private final FakeQueues queues = new FakeQueues();
    private final FakeAws aws = new FakeAws(queues);
    private final HttpFunction function;

    IdentityFunction() {
        Map<String, String> variables = new HashMap<>();
        Service.IDENTITY.settings().forEach(setting -> variables.put(setting.variable(), "1"));
        variables.putAll(postgres.variables(gate.port()));
        variables.putAll(FakeQueues.VARIABLES);
        variables.put(Setting.OPERATOR_EMAIL.variable(), OPERATOR);
        variables.put(Service.ENVIRONMENT_VARIABLE, String.join(",", Service.IDENTITY.environment(),
                LocalPostgres.ENVIRONMENT, RecordedSessions.ENVIRONMENT));
        function = new HttpFunction(variables);
    }

    ApiCall.Answer send(ApiCall call) {
        return call.send(function);
    }

    HttpFunction function() {
        return function;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    TcpGate gate() {
        return gate;
    }

    FakeQueues queues() {
        return queues;
    }

    FakeAws aws() {
        return aws;
    }

    RecordedSessions sessions() {
        return Beans.of(function, RecordedSessions.class);
    }

    CountingHashes hashes() {
        return Beans.of(function, CountingHashes.class);
    }

    Accounts accounts() {
        return Beans.of(function, Accounts.class);
    }

    void empty() {
        postgres.run("TRUNCATE users, outbox");
        queues.working();
        queues.forget();
        sessions().down(false);
        sessions().ended();
    }

    @Override
    public void close() {
        function.close();
        aws.close();
        gate.close();
    }
}
