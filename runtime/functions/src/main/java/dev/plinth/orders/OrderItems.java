package dev.plinth.orders;

import dev.plinth.contract.OrdersTable;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import dev.plinth.functions.time.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes orders and uses of idempotency keys as items of {@link OrdersTable}, and reads them back. */
final class OrderItems {

    static final String REVISION = "revision";

    private static final String CUSTOMER_NAME = "customerName";
    private static final String CUSTOMER_EMAIL = "customerEmail";
    private static final String PRODUCT_NAME = "productName";
    private static final String QUANTITY = "quantity";
    private static final String UNIT_PRICE = "unitPrice";
    private static final String CURRENCY = "currency";
    private static final String SHIPPING_ADDRESS = "shippingAddress";
    private static final String CREATED_AT = "createdAt";
    private static final String UPDATED_AT = "updatedAt";

    private static final String FINGERPRINT = "fingerprint";
    private static final String KEY = "key";
    private static final String ORDER = "order";
    private static final String USED_AT = "usedAt";

    private OrderItems() {
    }

    static Map<String, AttributeValue> orderKey(UUID id) {
        return key("ORDER#" + id);
    }

    /** A caller's id has a fixed length, so no key of one caller can read like that of another. */
    static Map<String, AttributeValue> useKey(UUID customer, String key) {
        return key("IDEMPOTENCY#" + customer + "#" + key);
    }

    /** Returns the key of an item that never exists. */
    static Map<String, AttributeValue> absentKey() {
        return key("ABSENT");
    }

    static Map<String, AttributeValue> item(Order order) {
        OrderDetails details = order.details();
        Map<String, AttributeValue> item = new HashMap<>(orderKey(order.id()));
        item.put(OrdersTable.ID, text(order.id().toString()));
        item.put(OrdersTable.CUSTOMER_ID, text(order.customerId().toString()));
        item.put(OrdersTable.STATUS, text(order.status().name()));
        item.put(OrdersTable.CUSTOMER_KEY, text(OrderFilter.customerKey(details.customerEmail())));
        item.put(OrdersTable.LIST_POSITION, text(order.position().text()));
        item.put(REVISION, text(order.revision()));
        item.put(CUSTOMER_NAME, text(details.customerName()));
        item.put(CUSTOMER_EMAIL, text(details.customerEmail()));
        item.put(PRODUCT_NAME, text(details.productName()));
        item.put(QUANTITY, AttributeValue.fromN(Integer.toString(details.quantity())));
        // A number attribute would drop the decimals of 12.50.
        item.put(UNIT_PRICE, text(details.unitPrice().text()));
        item.put(CURRENCY, text(details.unitPrice().currency().getCurrencyCode()));
        details.shippingAddress().ifPresent(address -> item.put(SHIPPING_ADDRESS, text(address)));
        item.put(CREATED_AT, text(Timestamps.text(order.createdAt())));
        item.put(UPDATED_AT, text(Timestamps.text(order.updatedAt())));
        return item;
    }

    static Order order(Map<String, AttributeValue> item) {
        OrderDetails details = new OrderDetails(
                item.get(CUSTOMER_NAME).s(),
                item.get(CUSTOMER_EMAIL).s(),
                item.get(PRODUCT_NAME).s(),
                Integer.parseInt(item.get(QUANTITY).n()),
                new Money(new BigDecimal(item.get(UNIT_PRICE).s()), Currency.getInstance(item.get(CURRENCY).s())),
                Optional.ofNullable(item.get(SHIPPING_ADDRESS)).map(AttributeValue::s));
        return new Order(
                UUID.fromString(item.get(OrdersTable.ID).s()),
                UUID.fromString(item.get(OrdersTable.CUSTOMER_ID).s()),
                details,
                OrderStatus.valueOf(item.get(OrdersTable.STATUS).s()),
                Instant.parse(item.get(CREATED_AT).s()),
                Instant.parse(item.get(UPDATED_AT).s()),
                item.get(REVISION).s());
    }

    static ListPosition position(Map<String, AttributeValue> item) {
        return ListPosition.parse(item.get(OrdersTable.LIST_POSITION).s());
    }

    /** The order stays inside an attribute of its own, so no index holds it a second time. */
    static Map<String, AttributeValue> item(KeyUse<Order> use) {
        Map<String, AttributeValue> item = new HashMap<>(useKey(use.created().customerId(), use.key()));
        item.put(KEY, text(use.key()));
        item.put(FINGERPRINT, text(use.fingerprint()));
        item.put(ORDER, AttributeValue.fromM(item(use.created())));
        item.put(USED_AT, text(Timestamps.text(use.usedAt())));
        item.put(OrdersTable.EXPIRES_AT, seconds(use.expiresAt()));
        return item;
    }

    static KeyUse<Order> use(Map<String, AttributeValue> item) {
        return new KeyUse<>(
                item.get(KEY).s(),
                item.get(FINGERPRINT).s(),
                order(item.get(ORDER).m()),
                Instant.parse(item.get(USED_AT).s()));
    }

    /** Returns a time as the table's TTL wants it. */
    static AttributeValue seconds(Instant instant) {
        return AttributeValue.fromN(Long.toString(instant.getEpochSecond()));
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static Map<String, AttributeValue> key(String value) {
        return Map.of(OrdersTable.PK, text(value), OrdersTable.SK, text(value));
    }
}
