package dev.plinth.sessions;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.caller.Client;
import dev.plinth.identity.Account;
import dev.plinth.identity.Accounts;
import dev.plinth.identity.CodePurpose;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/**
 * What codes are asked for and used for. Nothing that it answers tells whether an address is that of a user.
 * Thread-safe.
 */
@Singleton
@Requires(env = "identity")
class CodeService {
    private final Accounts accounts;
    private final Codes codes;
    private final Limits limits;

    CodeService(Accounts accounts, Codes codes, Limits limits) {
        this.accounts = accounts;
        this.codes = codes;
        this.limits = limits;
    }

    /** Has a code to verify an address mailed to it, if it is that of a user who has not done so yet. */
    void requestVerification(String email, Client client) {
        limits.countCode(email, client.sourceIp());
        accounts.findByEmail(email)
                .filter(account -> !account.verified())
                .ifPresent(account -> accounts.requestCode(account.id(), CodePurpose.VERIFY_EMAIL));
    }

    /** Has a code to choose a new password mailed to an address, if it is that of a user. */
    void requestPasswordReset(String email, Client client) {
        limits.countCode(email, client.sourceIp());
        accounts.findByEmail(email)
                .ifPresent(account -> accounts.requestCode(account.id(), CodePurpose.RESET_PASSWORD));
    }

    /** Notes that an address is its user's own, who has read the code there. */
    void verify(String email, String code, Client client) {
        accounts.markVerified(redeem(email, CodePurpose.VERIFY_EMAIL, code, client).id());
    }

    /** Gives the user of an address another password, and ends all their sessions. */
    void resetPassword(String email, String code, String password, Client client) {
        Account account = redeem(email, CodePurpose.RESET_PASSWORD, code, client);
        try {
            accounts.resetPassword(account.id(), password);
        } catch (Failure failure) {
            if (failure.kind() == Kind.INVALID_REQUEST) {
                codes.giveBack(account.id(), CodePurpose.RESET_PASSWORD, code);
            }
            throw failure;
        }
    }

    private Account redeem(String email, CodePurpose purpose, String code, Client client) {
        limits.countRedemption(email, client.sourceIp());
        Account account = accounts.findByEmail(email).orElseThrow(RedisCodes::wrong);
        codes.redeem(account.id(), purpose, code);
        return account;
    }
}
