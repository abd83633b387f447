package dev.plinth.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plinth.functions.paging.Cursor;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** A page of a list as clients see it. An empty list of items is written as such. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "OrderPage", description = "Orders, newest first")
record OrderPageRepresentation(
        @NotNull List<OrderRepresentation> items,
        @Nullable
        @Schema(description = "Send it as cursor, with the same filters, to get the next page. Absent on the last one.")
        String nextCursor) {

    static OrderPageRepresentation of(OrderPage page, OrderFilter filter) {
        return new OrderPageRepresentation(
                page.orders().stream().map(OrderRepresentation::of).toList(),
                page.next().map(position -> Cursor.write(position, filter.list())).orElse(null));
    }
}
