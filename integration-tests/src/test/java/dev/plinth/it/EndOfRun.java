package dev.plinth.it;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Ends the laptop's cloud after the last test. */
public final class EndOfRun implements LauncherSessionListener {
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        SystemUnderTest.end();
    }
}
