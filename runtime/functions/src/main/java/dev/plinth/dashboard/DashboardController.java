package dev.plinth.dashboard;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.health.Health;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import java.util.UUID;

/** Answers the routes of the dashboard over HTTP. */
@Controller
class DashboardController implements DashboardRoutes {

    private final DashboardService service;
    private final Health health;

    DashboardController(DashboardService service, Health health) {
        this.service = service;
        this.health = health;
    }

    @Override
    public HttpResponse<DashboardRepresentation> show(Caller caller, String id) {
        UUID user = uuid(id);
        caller.requireSelf(user);
        return HttpResponse.ok(DashboardRepresentation.of(service.of(user)));
    }

    @Override
    public HttpResponse<Health.Report> health() {
        Health.Report report = health.report();
        return report.status() == Health.Status.UP
                ? HttpResponse.ok(report)
                : HttpResponse.<Health.Report>status(HttpStatus.SERVICE_UNAVAILABLE).body(report);
    }
}
