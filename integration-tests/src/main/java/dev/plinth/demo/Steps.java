package dev.plinth.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Takes steps: sends a call, compares what comes back with what was promised, and reports it. */
record Steps(Api api, Report report) {
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** @throws BrokenPromise when the answer has another status, or a promise is broken */
    Answer step(String what, Call call, int status, Promise... promises) {
        Answer answer = api.send(call);
        judge(what, call, answer, wrong(answer, status, promises));
        return answer;
    }

    /** Repeats a call until it is answered as promised, which has to be so within the given time. */
    Answer stepWithin(Duration longest, String what, Call call, int status, Promise... promises) {
        long end = System.nanoTime() + longest.toNanos();
        Answer answer = api.send(call);
        Optional<String> wrong = wrong(answer, status, promises);
        while (wrong.isPresent() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = api.send(call);
            wrong = wrong(answer, status, promises);
        }
        judge(what, call, answer, wrong.map(why -> why + ", still after " + longest.toSeconds() + " s"));
        return answer;
    }

    /** Repeats a call, whose status is right each time, until the promises are kept, within the given time. */
    Answer stepUntil(Duration longest, String what, Call call, int status, Promise... promises) {
        Answer answer = api.send(call);
        Optional<String> wrong = wrong(answer, status, promises);
        for (long end = System.nanoTime() + longest.toNanos();
                wrong.isPresent() && answer.status() == status && System.nanoTime() < end;) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = api.send(call);
            wrong = wrong(answer, status, promises);
        }
        judge(what, call, answer, wrong);
        return answer;
    }

    private static Optional<String> wrong(Answer answer, int status, Promise... promises) {
        return answer.status() == status ? Promise.firstBroken(answer, promises)
                : Optional.of("status " + answer.status() + " instead of " + status);
    }

    private void judge(String what, Call call, Answer answer, Optional<String> wrong) {
        if (wrong.isPresent()) {
            report.broken(what, call, answer);
            throw new BrokenPromise(wrong.get() + ". The answer: " + answer.body());
        }
        report.kept(what, call, answer);
    }
}
