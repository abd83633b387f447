package dev.plinth.orders;

class InMemoryOrdersTest extends OrdersContract {

    private final Orders orders = new InMemoryOrders();

    @Override
    Orders orders() {
        return orders;
    }
}
