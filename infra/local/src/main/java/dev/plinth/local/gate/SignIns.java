package dev.plinth.local.gate;

import dev.plinth.local.door.Account;
import dev.plinth.local.door.Callers;
import dev.plinth.local.gate.Verdict.Admitted;
import dev.plinth.local.gate.Verdict.Refused;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Denied;
import dev.plinth.local.iam.Role;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.network.Network;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides who may sign in at a gate: whose token it is, whether it is meant for this user and place and still valid,
 * what the role's policies say, and whether the network lets the function through. Thread-safe.
 */
public final class SignIns {
    private final Account account;
    private final Callers callers;
    private final Network network;
    private final Journal journal;
    private final Consumer<String> denials;
    private final Clock clock;

    /** @param denials takes the explanation of each denial, several lines long */
    public SignIns(Account account, Callers callers, Network network, Journal journal, Consumer<String> denials,
            Clock clock) {
        this.account = account;
        this.callers = callers;
        this.network = network;
        this.journal = journal;
        this.denials = denials;
        this.clock = clock;
    }

    /**
     * Decides about a sign-in at a place that may stand for several targets, such as an instance and the proxy before
     * it. One that lets the caller in is enough; otherwise the last one says why not.
     *
     * @param host the host, and the port where it is not the scheme's own, for which a token must have been made
     */
    Verdict judge(List<Target> targets, String user, String password, String host) {
        Target last = targets.get(targets.size() - 1);
        Optional<ConnectToken> token = ConnectToken.parse(password);
        if (token.isEmpty()) {
            return refuse("nobody known", last, user, "the password is no token of IAM authentication");
        }
        Optional<Callers.Signer> signer = callers.signer(token.get().accessKeyId());
        if (signer.isEmpty()) {
            return refuse("nobody known", last, user, "the token's access key is none of this cloud's");
        }
        String caller = signer.get().role().map(Role::name).orElse("operator");
        Optional<String> flaw = flaw(token.get(), signer.get(), last, user, host);
        if (flaw.isPresent()) {
            return refuse(caller, last, user, flaw.get());
        }
        return signer.get().role().map(role -> judge(role, targets, user)).orElse(new Admitted(caller));
    }

    private Verdict judge(Role role, List<Target> targets, String user) {
        Objection objection = null;
        for (Target target : targets) {
            Optional<Objection> found = objection(role, target, user);
            if (found.isEmpty()) {
                needed(target, user).forEach(access -> journal.use(role.name(), access.action(), access.resourceArn()));
                return new Admitted(role.name());
            }
            objection = found.get();
        }
        deny(role.name(), targets.get(targets.size() - 1), objection.explanation());
        return new Refused(objection.reason());
    }

    /** @param explanation of several lines, for the person at the laptop */
    private record Objection(String reason, String explanation) {
    }

    private Optional<String> flaw(ConnectToken token, Callers.Signer signer, Target target, String user, String host) {
        if (!token.service().equals(target.service()) || !token.region().equals(account.region())) {
            return Optional.of("the token is for " + token.service() + " in " + token.region() + ", not for "
                    + target.service() + " in " + account.region());
        }
        if (!token.host().equals(host)) {
            return Optional.of("the token is for " + token.host() + ", not for " + host);
        }
        if (!token.parameter("Action").equals(Optional.of("connect"))
                || !token.parameter(target.userParameter()).equals(Optional.of(user))) {
            return Optional.of("the token is for the user " + token.parameter(target.userParameter()).orElse("nobody")
                    + ", not for " + user);
        }
        if (!token.parameter("X-Amz-Security-Token").orElse("").equals(signer.credentials().sessionToken())) {
            return Optional.of("the token has not the session token of its access key");
        }
        if (!token.isSignedWith(signer.credentials().secretAccessKey())) {
            return Optional.of("the token's signature is not the one of its access key for what it says");
        }
        return token.expiry(clock.instant());
    }

    private Optional<Objection> objection(Role role, Target target, String user) {
        for (AccessRequest access : needed(target, user)) {
            if (role.decide(access) instanceof Denied denied) {
                return Optional.of(new Objection(denied.message(role.name()), denied.explanation()));
            }
        }
        return network.obstacle(role.name(), target.placement(), target.port())
                .map(obstacle -> new Objection(obstacle, explain(role.name(), target, user, obstacle)));
    }

    private static List<AccessRequest> needed(Target target, String user) {
        return target.resources().apply(user).stream().map(arn -> new AccessRequest(target.action(), arn, Map.of()))
                .toList();
    }

    private static String explain(String caller, Target target, String user, String reason) {
        return "Refused: " + user + " at " + target.placement().constructPath() + "\n  caller " + caller
                + "\n  why    " + reason;
    }

    /** Refuses a sign-in for a reason that is not a missing permission. */
    Refused refuse(String caller, Target target, String user, String reason) {
        deny(caller, target, explain(caller, target, user, reason));
        return new Refused(reason);
    }

    private void deny(String caller, Target target, String explanation) {
        journal.add(new Journal.Denial(Instant.now(), caller, target.action(), explanation));
        denials.accept(explanation);
    }

    /** Notes a sign-in among the calls. */
    void admitted(Target target, String caller, double millis) {
        journal.add(new Journal.Call(Instant.now(), caller, target.action(), 200, millis));
    }

    /**
     * Returns why nobody who may know a password reaches the target, which is the case when none of their functions
     * does. A password does not tell who sends it.
     *
     * @param secretArn the secret that holds the password
     */
    Optional<String> obstacleForReaders(String secretArn, Target target) {
        List<String> obstacles = callers.roles().stream()
                .filter(role -> mayRead(role, secretArn))
                .map(role -> network.obstacle(role.name(), target.placement(), target.port()).orElse("")).toList();
        return obstacles.isEmpty() || obstacles.contains("") ? Optional.empty()
                : Optional.of(String.join("; ", obstacles));
    }

    private static boolean mayRead(Role role, String secretArn) {
        AccessRequest read = new AccessRequest("secretsmanager:GetSecretValue", secretArn, Map.of());
        return !(role.decide(read) instanceof Denied);
    }
}
