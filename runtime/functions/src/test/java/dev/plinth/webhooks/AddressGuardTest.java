package dev.plinth.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final String PUBLIC = "93.184.215.14";

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1",
        "172.31.255.255", "192.168.0.1", "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.127.255.255",
        "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::5db8:d70e", "64:ff9b:1::a00:1",
        "2002:7f00:1::1", "2002:5db8:d70e::1", "2001::1", "2001:0:4136:e378::1", "2001:2::1", "2001:20::1",
        "2001:db8::1", "3fff::1", "5f00::1", "100::1", "4000::1"
    })
    void refusesAddressesThatAreNotOfTheWholeInternet(String address) {
        assertThatThrownBy(() -> guard(address).addresses("hooks.example.org", 443))
                .isInstanceOf(PrivateAddressException.class).hasMessageNotContaining(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        PUBLIC, "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::200e", "2600::1",
        "2001:4860:4860::8888", "2003::1"
    })
    void admitsAddressesOfTheInternet(String address) {
        assertThatCode(() -> guard(address).admit("/url", "https://hooks.example.org/x")).doesNotThrowAnyException();
    }

    @Test
    void refusesAHostOfWhichOneAddressIsPrivate() {
        assertThatThrownBy(() -> guard(PUBLIC, "10.0.0.1").addresses("hooks.example.org", 443))
                .isInstanceOf(PrivateAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://hooks.example.org/", "https://hooks.example.org:443/a?b=c", "https://hooks.example.org:8443/a",
        "HTTPS://HOOKS.example.ORG/a", "https://xn--bcher-kva.example.org/x", "https://a.b.c.d.e.museum"
    })
    void admitsUrlsOfHostsOnTheInternet(String url) {
        assertThat(guard(PUBLIC).admit("/url", url)).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http://hooks.example.org/          | https",
        "ftp://hooks.example.org/           | https",
        "file:///etc/passwd                 | host",
        "https:///x                         | host",
        "hooks.example.org                  | host",
        "//hooks.example.org/x              | https",
        "https://user@hooks.example.org/    | user",
        "https://user:pw@hooks.example.org/ | user",
        "https://hooks.example.org/#x       | fragment",
        "https://hooks.example.org:80/      | port",
        "https://hooks.example.org:22/      | port",
        "https://hooks.example.org:0/       | port",
        "https://hooks.example.org:65536/   | port",
        "https://127.0.0.1/                 | host of the Internet",
        "https://2130706433/                | host",
        "https://0x7f000001/                | host",
        "https://017700000001/              | host",
        "https://0177.0.0.1/                | host",
        "https://0x7f.0.0.1/                | host",
        "https://127.1/                     | host",
        "https://[::1]/                     | host",
        "https://[::ffff:127.0.0.1]/        | host",
        "https://[fe80::1%25lo]/            | host",
        "https://93.184.215.14/             | host",
        "https://hooks.example.org./        | host",
        "https://localhost/                 | host",
        "https://localhost./                | host",
        "https://app.localhost/             | host",
        "https://LOCALHOST.localdomain/     | host",
        "https://printer.local/             | host",
        "https://metadata.google.internal/  | host",
        "https://router.home.arpa/          | host",
        "https://intranet/                  | host",
        "https://under_score.example.org/   | host",
        "https://-dash.example.org/         | host",
        "https://hooks..example.org/        | host",
        "https://bücher.example.org/        | host",
        "https://hooks.example.org/ü        | ASCII",
        "https://hooks.example.org/a b      | URL",
        "https://hooks.example.org\\@evil/  | URL",
        "javascript:alert(1)                | URL"
    })
    void refusesUrlsThatAreNotOfAHostOnTheInternet(String url, String why) {
        assertThatThrownBy(() -> guard(PUBLIC).admit("/url", url)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
            assertThat(failure.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.name()).isEqualTo("/url");
                assertThat(violation.detail()).containsAnyOf(why, "URL with a host", "host of the Internet", "https://");
            });
        });
    }

    @Test
    void refusesAUrlWithoutEnd() {
        assertThatThrownBy(() -> guard(PUBLIC).admit("/url", "https://hooks.example.org/" + "a".repeat(2048)))
                .isInstanceOf(Failure.class);
    }

    @Test
    void refusesAHostThatCannotBeFound() {
        AddressGuard guard = new AddressGuard(host -> {
            throw new UnknownHostException(host);
        }, Receivers.NONE);

        assertThatThrownBy(() -> guard.admit("/url", "https://gone.example.org/"))
                .hasMessageContaining("cannot be found");
    }

    @Test
    void saysWhyAPrivateHostIsRefusedWithoutItsAddress() {
        assertThatThrownBy(() -> guard("10.1.2.3").admit("/url", "https://inside.example.org/"))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.violations().get(0).detail())
                        .contains("private network").doesNotContain("10.1.2.3", "inside"));
    }

    @Test
    void admitsAReceiverByItsExactHostAndPort() throws UnknownHostException {
        Receivers receivers = Receivers.parse("127.0.0.1:4501, hooks.test:80");
        AddressGuard guard = new AddressGuard(AddressGuardTest::resolved, receivers);

        assertThat(receivers.hostsAndPorts()).isEqualTo(Set.of("127.0.0.1:4501", "hooks.test:80"));
        assertThat(guard.admit("/url", "http://127.0.0.1:4501/webhooks/a")).hasPort(4501);
        assertThat(guard.addresses("127.0.0.1", 4501)).hasSize(1);
        for (String other : List.of("http://127.0.0.1:4502/", "http://localhost:4501/", "http://127.0.0.1/",
                "http://me@127.0.0.1:4501/", "http://127.1:4501/")) {
            assertThatThrownBy(() -> guard.admit("/url", other)).as(other).isInstanceOf(Failure.class);
        }
        assertThatThrownBy(() -> guard.addresses("127.0.0.1", 4502)).isInstanceOf(PrivateAddressException.class);
    }

    @Test
    void knowsNoReceiverUnlessTheProcessWasToldOne() {
        assertThat(Receivers.parse("").hostsAndPorts()).isEmpty();
    }

    private static AddressGuard guard(String... addresses) {
        return new AddressGuard(host -> List.of(addresses).stream()
                .flatMap(address -> resolved(address).stream()).toList(), Receivers.NONE);
    }

    private static List<InetAddress> resolved(String literal) {
        try {
            return List.of(InetAddress.getByName(literal));
        } catch (UnknownHostException notALiteral) {
            throw new IllegalArgumentException(notALiteral);
        }
    }
}
