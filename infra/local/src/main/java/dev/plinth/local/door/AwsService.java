package dev.plinth.local.door;

import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Policy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One AWS service behind the door. Thread-safe. */
interface AwsService {
    /** Returns the name that signatures give it, for example {@code dynamodb}. */
    String name();

    /** Reads the call, which {@code service} of the signature has already been checked to be this one. */
    AwsCall parse(DoorRequest request) throws IOException;

    /**
     * Returns every permission that the call needs; empty when the operation is not known here, in which case the door
     * denies it.
     */
    Optional<List<AccessRequest>> permissions(AwsCall call);

    /** Returns the policy that a resource has of its own; empty where it has none. */
    default Optional<Policy> resourcePolicy(String resourceArn) {
        return Optional.empty();
    }

    AwsAnswer answer(AwsCall call) throws IOException, InterruptedException;

    /** Encodes an error in the service's protocol. */
    AwsAnswer error(int status, String code, String message);
}
