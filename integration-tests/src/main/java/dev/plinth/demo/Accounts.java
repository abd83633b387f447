package dev.plinth.demo;

import static dev.plinth.demo.Promise.has;
import static dev.plinth.demo.Promise.header;
import static dev.plinth.demo.Promise.hides;
import static dev.plinth.demo.Promise.says;

import dev.plinth.demo.Person.Device;
import java.util.Locale;

/** Signing up, proving an address, profiles, roles, a lost password, and leaving. */
record Accounts(Steps steps, Inbox inbox, Cast cast) {
    void signUp() {
        steps.report().chapter("Signing up");
        Person ada = cast.ada();
        signUp(ada);
        steps.step("The same address again, in capitals", Call.to("POST /users")
                .with("{\"name\": \"Eve\", \"email\": \"%s\", \"password\": \"%s\"}",
                        ada.email().toUpperCase(Locale.ROOT), Person.freshPassword()), 409);
        steps.step("Signing in before the address is proven", signIn(ada, "phone"), 403);
        steps.step("A code for an address that nobody has, with the same answer", Call.to("POST /verification-codes")
                .with("{\"email\": \"%s\"}", inbox.address("nobody")), 202);
        verify(ada);
        signUp(cast.bob());
        verify(cast.bob());
        if (!cast.guest()) {
            signUp(cast.operator());
            verify(cast.operator());
        }
        use(cast.bob(), "laptop");
        use(cast.operator(), "desk");
        steps.step("Whoever proves the operator's address is an operator",
                Call.to("GET /users/{id}", cast.operator().id()).by(cast.operator().token()), 200,
                says("/role", "OPERATOR"));
    }

    void signUp(Person person) {
        Answer created = steps.step(person.name() + " signs up", Call.to("POST /users")
                .with("{\"name\": \"%s\", \"email\": \"%s\", \"password\": \"%s\"}",
                        person.name(), person.email(), person.password()), 201,
                has("/id"), says("/name", person.name()), hides("/password"), header("Location"));
        person.id(created.text("/id"));
    }

    void verify(Person person) {
        String code = inbox.nextCode(person.email());
        String wrong = code.equals("000000") ? "111111" : "000000";
        if (person == cast.ada()) {
            steps.step(person.name() + " mistypes the code", verification(person, wrong), 400);
        }
        steps.step(person.name() + " proves the address by the code of the mail", verification(person, code), 204);
    }

    private static Call verification(Person person, String code) {
        return Call.to("POST /verifications").with("{\"email\": \"%s\", \"code\": \"%s\"}", person.email(), code);
    }

    static Call signIn(Person person, String device) {
        return Call.to("POST /sessions").with("{\"email\": \"%s\", \"password\": \"%s\", \"device\": \"%s\"}",
                person.email(), person.password(), device);
    }

    /** Signs in and keeps the new session as the one in use. */
    Device use(Person person, String device) {
        Answer signedIn = steps.step(person.name() + " signs in (" + device + ")", signIn(person, device), 201,
                says("/tokenType", "Bearer"), has("/accessToken"), has("/refreshToken"), has("/session/id"));
        person.use(Device.of(signedIn));
        if (person.id().isEmpty()) {
            person.id(signedIn.text("/session/userId"));
        }
        return person.device();
    }

    void profiles() {
        steps.report().chapter("Profiles and roles");
        Person ada = cast.ada();
        Answer profile = steps.step("Ada reads her profile", Call.to("GET /users/{id}", ada.id()).by(ada.token()), 200,
                says("/email", ada.email()), says("/role", "CUSTOMER"), header("ETag"));
        steps.step("Ada changes her name", Call.to("PATCH /users/{id}", ada.id()).by(ada.token())
                .and("If-Match", profile.header("ETag").orElseThrow())
                .with("{\"name\": \"Ada King, née Byron\"}"), 200, says("/name", "Ada King, née Byron"));
        steps.step("A change of what Ada had before is stale", Call.to("PATCH /users/{id}", ada.id()).by(ada.token())
                .and("If-Match", profile.header("ETag").orElseThrow()).with("{\"name\": \"Ada\"}"), 412);
        steps.step("Bob looks for Ada and finds nobody", Call.to("GET /users/{id}", ada.id()).by(cast.bob().token()),
                404);
        steps.step("Ada may give no roles", Call.to("PUT /users/{id}/role", ada.id()).by(ada.token())
                .with("{\"role\": \"OPERATOR\"}"), 403);
        steps.step("The operator sees Ada", Call.to("GET /users/{id}", ada.id()).by(cast.operator().token()), 200);
        steps.step("The operator makes Bob staff", Call.to("PUT /users/{id}/role", cast.bob().id())
                .by(cast.operator().token())
                .with("{\"role\": \"STAFF\"}"), 200, says("/role", "STAFF"));
        steps.step("That has ended Bob's sessions", Devices.refresh(cast.bob().device()), 401);
        use(cast.bob(), "counter");
    }

    void lostPassword() {
        steps.report().chapter("A lost password");
        Person ada = cast.ada();
        String before = ada.token();
        steps.step("Ada asks for a code", Call.to("POST /password-reset-codes")
                .with("{\"email\": \"%s\"}", ada.email()), 202);
        String code = inbox.nextCode(ada.email());
        ada.password(Person.freshPassword());
        steps.step("Ada sets a new password by the code", Call.to("POST /password-resets")
                .with("{\"email\": \"%s\", \"code\": \"%s\", \"password\": \"%s\"}", ada.email(), code, ada.password()),
                204);
        steps.step("That has ended Ada's sessions", Call.to("GET /sessions").by(before), 401);
        use(ada, "phone");
    }

    void adaLeaves() {
        steps.report().chapter("Leaving");
        Person ada = cast.ada();
        steps.step("Ada leaves", Call.to("DELETE /users/{id}", ada.id()).by(ada.token()), 204);
        steps.step("Her token is refused at once", Call.to("GET /sessions").by(ada.token()), 401);
        steps.step("Ada is not known any more", signIn(ada, "phone"), 401);
        steps.step("The operator finds nobody", Call.to("GET /users/{id}", ada.id())
                .by(cast.operator().token()), 404);
        ada.id("");
    }

    void othersLeave() {
        steps.report().chapter("The end");
        Person operator = cast.operator();
        steps.step("The operator removes Bob", Call.to("DELETE /users/{id}", cast.bob().id()).by(operator.token()),
                204);
        cast.bob().id("");
        if (!cast.guest()) {
            steps.step("The operator leaves", Call.to("DELETE /users/{id}", operator.id()).by(operator.token()), 204);
            operator.id("");
        }
    }
}
