package dev.plinth.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Setting;
import java.net.URI;
import java.util.UUID;

/** Makes users on a laptop's cloud, whose mail can be read. */
final class People {
    static final String PASSWORD = "nine bright kettles sing";

    private final Laptop laptop;
    private final Api anonymous;
    private Person operator;

    People(Laptop laptop) {
        this.laptop = laptop;
        this.anonymous = Api.anonymous(URI.create(laptop.variables().get(Setting.API_URL.variable())));
    }

    Api anonymous() {
        return anonymous;
    }

    /** Signs up a new customer, proves the address by the mailed code, and signs in. */
    Person customer() {
        return signUp(freshEmail());
    }

    /** Returns the operator: the user who proved the operator's address. */
    synchronized Person operator() {
        if (operator == null) {
            operator = signUp(laptop.variables().get(Setting.OPERATOR_EMAIL.variable()));
        }
        return operator;
    }

    static String freshEmail() {
        return UUID.randomUUID() + "@example.com";
    }

    Person signUp(String email) {
        JsonNode user = register(email);
        verify(email);
        Person person = Person.signedIn(anonymous.base(), email, PASSWORD);
        if (!person.id().equals(user.path("id").asText())) {
            throw new AssertionError("Signed in as " + person.id() + " and not as " + user);
        }
        return person;
    }

    /** Signs up and leaves the address unproven. */
    JsonNode register(String email) {
        Answer user = anonymous.post("/users", """
                {"name": "Ada Lovelace", "email": "%s", "password": "%s"}""".formatted(email, PASSWORD));
        if (user.status() != 201) {
            throw new AssertionError("Not signed up: " + user);
        }
        return user.json();
    }

    private void verify(String email) {
        Answer verified = anonymous.post("/verifications", """
                {"email": "%s", "code": "%s"}""".formatted(email, laptop.mailedCode(email)));
        if (verified.status() != 204) {
            throw new AssertionError("Not verified: " + verified);
        }
    }
}
