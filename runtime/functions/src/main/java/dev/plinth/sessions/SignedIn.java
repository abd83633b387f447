package dev.plinth.sessions;

import dev.plinth.tokens.AccessToken;

/** What a client gets when a session begins and whenever it is refreshed. */
record SignedIn(Session session, AccessToken accessToken, RefreshToken refreshToken) {
}
