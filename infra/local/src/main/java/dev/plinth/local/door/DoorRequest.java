package dev.plinth.local.door;

import java.util.Map;

/**
 * @param headers names in lower case
 */
record DoorRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {
}
