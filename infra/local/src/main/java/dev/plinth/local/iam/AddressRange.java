package dev.plinth.local.iam;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** An IP address or a CIDR block, for example {@code 203.0.113.0/24}. */
record AddressRange(BigInteger network, int bits, int prefix) implements Predicate<String> {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    static AddressRange parse(String text, PolicyPlace place) {
        String[] parts = text.split("/", 2);
        byte[] address = address(parts[0]).orElseThrow(() -> refuse(text, place));
        int bits = address.length * 8;
        if (parts.length == 2 && !parts[1].matches("\\d{1,3}")) {
            throw refuse(text, place);
        }
        int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : bits;
        if (prefix > bits) {
            throw refuse(text, place);
        }
        return new AddressRange(new BigInteger(1, address).shiftRight(bits - prefix), bits, prefix);
    }

    @Override
    public boolean test(String text) {
        return address(text)
                .filter(address -> address.length * 8 == bits)
                .map(address -> new BigInteger(1, address).shiftRight(bits - prefix).equals(network))
                .orElse(false);
    }

    /** Accepts literals only: a name would be looked up in the network. */
    private static Optional<byte[]> address(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static PolicyException refuse(String text, PolicyPlace place) {
        return place.refuse("\"" + text + "\"", "an IP address or a CIDR block");
    }
}
