package dev.plinth.demo;

import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.demo.Person.Device;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole story. It ends at the first broken promise, and removes what it has made either way. */
final class Demo {
    private final Steps steps;
    private final Report report;
    private final Cast cast;
    private final Accounts accounts;
    private final Workshop workshop;
    private final Set<String> routes;

    /** @param routes the keys of the routes that have to be called */
    Demo(Api api, Inbox inbox, Downloads downloads, Cast cast, Report report, Set<String> routes) {
        this.steps = new Steps(api, report);
        this.report = report;
        this.cast = cast;
        this.accounts = new Accounts(steps, inbox, cast);
        this.workshop = new Workshop(steps, inbox, downloads, cast);
        this.routes = Set.copyOf(routes);
    }

    /** Returns whether everything was as promised, and every route of the contract was called. */
    boolean play() {
        try {
            tell();
            routes.stream().filter(route -> !report.routes().contains(route)).sorted()
                    .forEach(route -> report.broken(route, "the contract has this route, and the demo never calls it"));
        } catch (BrokenPromise e) {
            report.broken("The demo ends here", e.getMessage());
        } finally {
            removeTheRest();
        }
        return report.summary(routes.size());
    }

    private void tell() {
        Things things = new Things(steps, cast);
        new OpenDoors(steps).play();
        accounts.signUp();
        new Devices(steps, accounts, cast.ada()).play();
        accounts.profiles();
        things.todos();
        things.orders();
        workshop.play();
        accounts.lostPassword();
        accounts.adaLeaves();
        accounts.use(cast.bob(), "desk");
        workshop.inherit();
        accounts.othersLeave();
    }

    /** Returns the keys of all routes of the contract. */
    static Set<String> contract() {
        return Stream.of(Service.values()).flatMap(service -> service.routes().stream()).map(Route::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Removes what a story that ended early has left; a story that was told to its end leaves nothing. */
    private void removeTheRest() {
        cast.own().stream().filter(person -> !person.id().isEmpty()).forEach(person -> {
            try {
                remove(person);
            } catch (BrokenPromise e) {
                report.broken(person.name() + " (" + person.email() + ") is left behind", e.getMessage());
            }
        });
    }

    private void remove(Person person) {
        Answer signedIn = steps.api().send(Accounts.signIn(person, "cleaning up"));
        String token = signedIn.status() == 201 ? Device.of(signedIn).accessToken() : cast.operator().token();
        if (person == cast.ada()) {
            cast.orders().forEach(id -> steps.step("Ada's order is removed", Call.to("DELETE /orders/{id}", id)
                    .by(token), 204));
            cast.deployments().forEach(id -> {
                steps.step("Ada's deployment is taken down", Call.to("DELETE /api/deployments/{id}", id).by(token), 202);
                steps.stepUntil(Workshop.LONGEST_JOB, "It is gone", Call.to("GET /api/deployments/{id}", id).by(token),
                        200, Promise.says("/status", "DELETED"));
            });
            cast.subscriptions().forEach(id -> steps.step("Ada unsubscribes", Call.to("POST /api/notifications/unsubscribe")
                    .by(token).with("{\"subscriptionId\": \"%s\"}", id), 204));
            cast.projects().forEach(id -> steps.step("Ada's project is removed", Call.to("DELETE /api/projects/{id}", id)
                    .by(token).and("If-Match", "*"), 204));
        }
        steps.step(person.name() + "'s account is removed", Call.to("DELETE /users/{id}", person.id()).by(token), 204);
        person.id("");
    }
}
