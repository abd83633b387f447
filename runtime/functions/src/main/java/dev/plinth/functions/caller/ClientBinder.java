package dev.plinth.functions.caller;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells a controller's method where the request comes from. */
@Singleton
final class ClientBinder implements TypedRequestArgumentBinder<Client> {
    @Override
    public Argument<Client> argumentType() {
        return Argument.of(Client.class);
    }

    @Override
    public BindingResult<Client> bind(ArgumentConversionContext<Client> context, HttpRequest<?> request) {
        Client client = Origin.clientOf(request);
        return () -> Optional.of(client);
    }
}
