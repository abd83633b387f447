package dev.plinth.local.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SES on the laptop: who may be written from, and what was written, newest first. Thread-safe. */
public final class Outbox {
    private static final int KEPT = 500;

    private final Deque<Mail> mails = new ArrayDeque<>();
    /** Identities by address or domain, in lower case; each with the name of its configuration set, empty for none. */
    private final Map<String, String> identities = new HashMap<>();
    private final Set<String> configurationSets = new HashSet<>();

    /** Adds an address or a domain that mail may come from. */
    public synchronized void addIdentity(String identity, Optional<String> configurationSet) {
        identities.put(identity.toLowerCase(Locale.ROOT), configurationSet.orElse(""));
    }

    public synchronized void addConfigurationSet(String name) {
        configurationSets.add(name);
    }

    public synchronized boolean hasConfigurationSet(String name) {
        return configurationSets.contains(name);
    }

    /**
     * Returns the identity by which mail may come from an address: the address itself, its domain, or a domain above
     * it, in this order, as SES looks for it.
     */
    public synchronized Optional<String> identityOf(String address) {
        String wanted = address.toLowerCase(Locale.ROOT);
        if (identities.containsKey(wanted)) {
            return Optional.of(wanted);
        }
        String domain = wanted.substring(wanted.lastIndexOf('@') + 1);
        while (!identities.containsKey(domain)) {
            int dot = domain.indexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            domain = domain.substring(dot + 1);
        }
        return Optional.of(domain);
    }

    /** Returns the configuration set that mail of an identity has unless it names another. */
    public synchronized Optional<String> configurationSetOf(String identity) {
        return Optional.ofNullable(identities.get(identity)).filter(name -> !name.isEmpty());
    }

    public synchronized void add(Mail mail) {
        mails.addFirst(mail);
        if (mails.size() > KEPT) {
            mails.removeLast();
        }
    }

    public synchronized List<Mail> mails() {
        return List.copyOf(mails);
    }

    /** Returns the mail to an address, without regard to case. */
    public synchronized List<Mail> mailsTo(String address) {
        return mails.stream().filter(mail -> mail.recipients().stream().anyMatch(address::equalsIgnoreCase)).toList();
    }
}
