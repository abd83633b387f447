package dev.plinth.demo;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Somebody who takes part. The password is made for this one run. Not thread-safe. */
final class Person {
    private final String name;
    private final String email;
    private String password = freshPassword();
    private String id = "";
    private Device device = new Device("", "", "");

    /** A session on a device: its id and its tokens. */
    record Device(String sessionId, String accessToken, String refreshToken) {
        static Device of(Answer signedIn) {
            return new Device(signedIn.text("/session/id"), signedIn.text("/accessToken"),
                    signedIn.text("/refreshToken"));
        }
    }

    Person(String name, String email) {
        this.name = name;
        this.email = email;
    }

    static String freshPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return "demo-" + HexFormat.of().formatHex(bytes);
    }

    String name() {
        return name;
    }

    String email() {
        return email;
    }

    String password() {
        return password;
    }

    void password(String newOne) {
        password = newOne;
    }

    /** Returns the user's id, which is also that of their dashboard; empty before they signed up. */
    String id() {
        return id;
    }

    void id(String ofUser) {
        id = ofUser;
    }

    /** Returns the device that the person uses now. */
    Device device() {
        return device;
    }

    void use(Device other) {
        device = other;
    }

    String token() {
        return device.accessToken();
    }
}
