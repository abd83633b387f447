package dev.plinth.webhooks;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Receivers that may be called although no rule would allow it, each as an exact {@code host:port}. There are none
 * unless whoever starts the process names them by a property of the JVM, as the laptop does for the webhook catcher of
 * its console. It is no setting: nothing that is deployed can have any.
 */
record Receivers(Set<String> hostsAndPorts) {
    /** The property: a list with commas. */
    static final String PROPERTY = "plinth.webhooks.receivers";

    static final Receivers NONE = new Receivers(Set.of());

    Receivers {
        hostsAndPorts = Set.copyOf(hostsAndPorts);
    }

    static Receivers parse(String list) {
        return new Receivers(Arrays.stream(list.split(",")).map(String::strip).filter(text -> !text.isEmpty())
                .collect(Collectors.toSet()));
    }

    boolean contain(String host, int port) {
        return hostsAndPorts.contains(host + ":" + port);
    }

    boolean contain(URI url) {
        return "http".equals(url.getScheme()) && url.getRawUserInfo() == null && contain(url.getHost(), url.getPort());
    }
}
