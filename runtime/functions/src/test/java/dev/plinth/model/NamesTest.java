package dev.plinth.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
            "orderLine,order_line,orderLine,OrderLine",
            "OrderLine,order_line,orderLine,OrderLine",
            "HTTPServer2Name,http_server2_name,httpServer2Name,HttpServer2Name",
            "orderID,order_id,orderId,OrderId",
            "URL,url,url,Url",
            "x,x,x,X"})
    void turnIntoTheFormsOfEachLanguage(String name, String snake, String lowerCamel, String upperCamel) {
        assertThat(Names.snake(name)).isEqualTo(snake);
        assertThat(Names.lowerCamel(name)).isEqualTo(lowerCamel);
        assertThat(Names.upperCamel(name)).isEqualTo(upperCamel);
    }

    @ParameterizedTest
    @CsvSource({"order,orders", "category,categories", "day,days", "bus,buses", "box,boxes", "match,matches",
            "dish,dishes", "person,people", "order_child,order_children", "y,ys"})
    void haveAPlural(String singular, String plural) {
        assertThat(Names.plural(singular)).isEqualTo(plural);
    }
}
