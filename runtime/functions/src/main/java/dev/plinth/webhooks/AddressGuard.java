package dev.plinth.webhooks;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps requests that strangers make us send out of private networks: away from the metadata service, from what listens
 * on this machine, from the inside of whoever runs this. A URL is looked at when it is given, so that its owner learns
 * what is wrong; the addresses of its host are looked at then, and again for each request, when the very addresses that
 * were looked at are those connected to. Thread-safe.
 */
@Singleton
public final class AddressGuard {
    private static final int LONGEST = 2048;
    private static final int HTTPS = 443;
    private static final Set<Integer> PORTS = Set.of(HTTPS, 8443);

    /**
     * At least two labels, of which the last has a letter first. So every spelling of an address falls through, be it
     * decimal, octal or hexadecimal, and so do the names that are known on one machine or network only.
     */
    private static final Pattern HOSTS = Pattern.compile(
            "(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])");

    /** Top-level names that are kept for private use (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
    private static final Pattern PRIVATE =
            Pattern.compile("(?i).*\\.(?:localhost|local|localdomain|internal|intranet|home\\.arpa|test|invalid|onion)");

    private final Names names;
    private final Receivers receivers;

    AddressGuard(Names names, Receivers receivers) {
        this.names = names;
        this.receivers = receivers;
    }

    /**
     * Returns the URL of a webhook, if requests may be sent there.
     *
     * @param pointer to the field of the body that holds the URL
     * @throws Failure INVALID_REQUEST that points at the field and says why they may not
     */
    public URI admit(String pointer, String text) {
        URI url = parsed(pointer, text);
        if (receivers.contain(url)) {
            return url;
        }
        if (!"https".equalsIgnoreCase(url.getScheme())) {
            throw refused(pointer, "must begin with https://");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw refused(pointer, "must have no user, password or fragment");
        }
        if (!HOSTS.matcher(url.getHost()).matches() || PRIVATE.matcher(url.getHost()).matches()) {
            throw refused(pointer, "must name a host of the Internet in full, without a dot at its end; an address does"
                    + " not do");
        }
        if (!PORTS.contains(port(url))) {
            throw refused(pointer, "must go to port 443 or 8443");
        }
        try {
            addresses(url.getHost(), port(url));
        } catch (PrivateAddressException inside) {
            throw refused(pointer, "must not lead into a private network, as the host's addresses do");
        } catch (UnknownHostException unknown) {
            throw refused(pointer, "names a host that cannot be found");
        }
        return url;
    }

    /**
     * Returns the addresses that a request may connect to.
     *
     * @throws UnknownHostException    when the host has none
     * @throws PrivateAddressException when one of them is not of the whole Internet; the others do not make it better
     */
    List<InetAddress> addresses(String host, int port) throws UnknownHostException {
        List<InetAddress> addresses = names.addresses(host);
        if (!receivers.contain(host, port) && !addresses.stream().allMatch(GlobalAddresses::contain)) {
            throw new PrivateAddressException();
        }
        return addresses;
    }

    private static URI parsed(String pointer, String text) {
        try {
            URI url = new URI(text);
            if (text.length() <= LONGEST && url.getHost() != null && text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                return url;
            }
        } catch (URISyntaxException notOne) {
            // Said below: the parser's own words quote the URL.
        }
        throw refused(pointer, "must be a URL with a host, of at most 2048 characters of ASCII");
    }

    private static int port(URI url) {
        return url.getPort() < 0 ? HTTPS : url.getPort();
    }

    private static Failure refused(String pointer, String why) {
        return Failure.invalid(Violation.Place.BODY, pointer, why);
    }
}
