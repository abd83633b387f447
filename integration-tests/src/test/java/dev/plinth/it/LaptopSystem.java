package dev.plinth.it;

import dev.plinth.contract.Setting;
import java.net.URI;

/** The laptop's cloud of this run, for tests of other packages. */
public final class LaptopSystem {
    private LaptopSystem() {
    }

    public static URI endpoint() {
        return URI.create(SystemUnderTest.get().laptop().variables().get("AWS_ENDPOINT_URL"));
    }

    public static URI api() {
        return URI.create(SystemUnderTest.get().output(Setting.API_URL));
    }

    /** Has the key that signs access tokens replaced, and waits for it. */
    public static void rotateSigningKey() {
        SystemUnderTest system = SystemUnderTest.get();
        system.laptop().rotate(system.output(Setting.TOKEN_SIGNING_KEY_ARN));
    }

    /** Returns the address of the operator, who has an account. */
    public static String operatorEmail() {
        return SystemUnderTest.get().operator().email();
    }

    public static String operatorPassword() {
        return SystemUnderTest.get().operator().password();
    }
}
