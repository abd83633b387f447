package dev.plinth.workspace;

import static dev.plinth.functions.http.PathIds.uuid;

import dev.plinth.activity.Activity;
import dev.plinth.activity.ActivityLog;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.uri.UriBuilder;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Shows what was done: to each caller what they did, and in a project to whoever may read it. */
@Controller
@Requires(env = "studio")
class ActivityController implements ActivityRoutes {
    private final ActivityLog log;
    private final ProjectAccess access;
    private final Clock clock;

    ActivityController(ActivityLog log, ProjectAccess access, Clock clock) {
        this.log = log;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public HttpResponse<ActivityPage> mine(Caller caller, HttpRequest<?> request) {
        IdPageRequest page = IdPageRequest.of(
                request.getParameters(), List.of("activity of user", caller.userId().toString()));
        return answer(page, log.ofUser(caller.userId(), page), MINE);
    }

    @Override
    public HttpResponse<ActivityPage> ofProject(Caller caller, String id, HttpRequest<?> request) {
        UUID project = uuid(id);
        IdPageRequest page = IdPageRequest.of(
                request.getParameters(), List.of("activity of project", project.toString()));
        access.require(caller, project, ProjectRight.READ);
        return answer(page, log.ofProject(project, page), ProjectRoutes.PROJECTS + "/" + project + "/activity");
    }

    @Override
    public HttpResponse<AnalyticsRepresentation> analytics(Caller caller, String id, HttpRequest<?> request) {
        UUID project = uuid(id);
        AnalyticsRequest days = AnalyticsRequest.of(
                request.getParameters(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        access.require(caller, project, ProjectRight.READ);
        return HttpResponse.ok(AnalyticsRepresentation.of(days, log.days(project, days.from(), days.to())));
    }

    private static HttpResponse<ActivityPage> answer(IdPageRequest request, IdPage<Activity> page, String path) {
        ActivityPage body = new ActivityPage(page.map(ActivityRepresentation::of).items(),
                request.cursor(page).orElse(null));
        return request.link(HttpResponse.ok(body), UriBuilder.of(path), page);
    }
}
