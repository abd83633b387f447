package dev.plinth.local.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of IPv4 addresses, for example {@code 10.0.0.0/16}. */
record AddressBlock(int address, int prefix) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    /** @throws IllegalArgumentException if the text is no block */
    static AddressBlock parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(5)) > 32) {
            throw new IllegalArgumentException("Not a block of IPv4 addresses: " + text);
        }
        int address = 0;
        for (int i = 1; i <= 4; i++) {
            int part = Integer.parseInt(matcher.group(i));
            if (part > 255) {
                throw new IllegalArgumentException("Not a block of IPv4 addresses: " + text);
            }
            address = address << 8 | part;
        }
        return new AddressBlock(address, Integer.parseInt(matcher.group(5)));
    }

    boolean contains(AddressBlock other) {
        int mask = prefix == 0 ? 0 : -1 << 32 - prefix;
        return prefix <= other.prefix && (address & mask) == (other.address & mask);
    }
}
