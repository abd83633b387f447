package dev.plinth.demo;

import static dev.plinth.demo.Promise.contains;
import static dev.plinth.demo.Promise.has;
import static dev.plinth.demo.Promise.hides;
import static dev.plinth.demo.Promise.says;

/** What anybody may call, and what nobody may without a token. */
record OpenDoors(Steps steps) {
    void play() {
        steps.report().chapter("Anybody");
        steps.step("Every dependency answers", Call.to("GET /health"), 200, says("/status", "UP"));
        steps.step("The orders service answers", Call.to("GET /orders/health/check"), 200, says("/status", "UP"));
        steps.step("The API describes itself", Call.to("GET /openapi.yml"), 200, contains("openapi: 3."));
        steps.step("The keys that verify tokens are public, and only they", Call.to("GET /.well-known/jwks.json"), 200,
                has("/keys/0/kid"), says("/keys/0/kty", "EC"), hides("/keys/0/d"));
        steps.step("A closed route without a token", Call.to("GET /orders"), 401);
        steps.step("A closed route with a token of one's own making", Call.to("GET /orders").by("e30.e30.e30"), 403);
    }
}
