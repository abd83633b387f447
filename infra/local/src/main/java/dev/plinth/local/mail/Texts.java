package dev.plinth.local.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The texts to telephones, newest first: a bounded number, in memory. None is delivered. Thread-safe. */
public final class Texts {
    private static final int KEPT = 500;

    private final Deque<TextMessage> texts = new ArrayDeque<>();

    public synchronized void add(TextMessage text) {
        texts.addFirst(text);
        if (texts.size() > KEPT) {
            texts.removeLast();
        }
    }

    public synchronized List<TextMessage> all() {
        return List.copyOf(texts);
    }

    public synchronized List<TextMessage> to(String number) {
        return texts.stream().filter(text -> text.to().equals(number)).toList();
    }
}
