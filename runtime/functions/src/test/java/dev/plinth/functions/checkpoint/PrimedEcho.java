package dev.plinth.functions.checkpoint;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

@Singleton
@Requires(env = {"echo", "message-echo"})
class PrimedEcho implements Priming {
    static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void prime() {
        SEEN.add("primed");
    }
}
