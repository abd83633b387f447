package dev.plinth.local.cloud;

import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.stack.MadeResource;
import dev.plinth.local.stack.ResourceKind;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.ResourceDefinition;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A type of resource that programs may deploy, made of what creates it at the start of the cloud.
 *
 * @param creates what CloudFormation needs to be allowed to create one
 * @param creator creates it
 * @param deletes what CloudFormation needs to be allowed to delete it
 * @param deleter deletes it
 */
record Kind(Function<ResourceDefinition, List<AccessRequest>> creates, LaptopCloud.Creator creator,
            Function<MadeResource, List<AccessRequest>> deletes, Consumer<MadeResource> deleter)
        implements ResourceKind {

    /** The door stands for an endpoint that has TLS, so a policy that wants it is content. */
    static List<AccessRequest> on(String arn, String... actions) {
        return Stream.of(actions)
                .map(action -> new AccessRequest(action, arn, Map.of("aws:SecureTransport", List.of("true")))).toList();
    }

    @Override
    public List<AccessRequest> creating(ResourceDefinition resource) {
        return creates.apply(resource);
    }

    @Override
    public CreatedResource create(ResourceDefinition resource) {
        return creator.create(resource);
    }

    @Override
    public List<AccessRequest> deleting(MadeResource resource) {
        return deletes.apply(resource);
    }

    @Override
    public void delete(MadeResource resource) {
        deleter.accept(resource);
    }
}
