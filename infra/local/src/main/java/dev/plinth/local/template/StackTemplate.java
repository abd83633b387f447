package dev.plinth.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The template of one stack that came by itself, outside a cloud assembly. Immutable. */
public final class StackTemplate {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final StackArtifact stack;

    private StackTemplate(StackArtifact stack) {
        this.stack = stack;
    }

    /**
     * Reads a template and checks it as those of an assembly are checked.
     *
     * @param json the template in JSON; YAML is refused
     * @throws TemplateException if it is not JSON, or something in it is not supported
     */
    public static StackTemplate read(String stackName, byte[] json) {
        Template template = TemplateParser.parse(stackName, tree(stackName, json), Map.of(), Map.of());
        return new StackTemplate(new StackArtifact(stackName, stackName, Optional.empty(), List.of(), template));
    }

    private static JsonNode tree(String stackName, byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw Place.of(stackName).failed("the template is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot be read", e);
        }
    }

    public Optional<String> description() {
        return stack.template().description();
    }

    /** Returns the types of all resources, also of those whose condition is false. */
    public Set<String> types() {
        Set<String> types = new TreeSet<>();
        stack.template().resources().values().forEach(resource -> types.add(resource.type()));
        return types;
    }

    /** Returns the resources that will be created, as {@link Deployment#plan} does. */
    public List<PlannedResource> plan(Pseudo pseudo, String stackId) {
        return deployment(pseudo, stackId).plan();
    }

    /** Creates the resources, as {@link Deployment#deploy} does. */
    public DeployedStack deploy(Pseudo pseudo, String stackId, ResourceCreator creator) {
        return deployment(pseudo, stackId).deploy(creator).get(0);
    }

    private Deployment deployment(Pseudo pseudo, String stackId) {
        return new Deployment(List.of(stack), pseudo, DynamicReferences.REFUSED, name -> stackId);
    }
}
