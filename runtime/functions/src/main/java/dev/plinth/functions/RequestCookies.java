package dev.plinth.functions;

import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.ServerCookieDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a Cookie header (RFC 6265, section 4.2). Without Netty, Micronaut reads it as if it were a Set-Cookie header
 * and so sees the first cookie only. A cookie whose name is no token is left out. Found by {@code META-INF/services}.
 */
public final class RequestCookies implements ServerCookieDecoder {
    private static final Pattern TOKEN = Pattern.compile("[!#%&'*+.^_`|~0-9A-Za-z-][!#$%&'*+.^_`|~0-9A-Za-z-]*");

    @Override
    public List<Cookie> decode(String header) {
        List<Cookie> cookies = new ArrayList<>();
        for (String pair : header.split(";")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).trim();
            if (TOKEN.matcher(name).matches()) {
                cookies.add(Cookie.of(name, pair.substring(equals + 1).trim()));
            }
        }
        return cookies;
    }
}
