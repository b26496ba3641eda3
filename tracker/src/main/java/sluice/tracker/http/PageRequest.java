package sluice.tracker.http;

/**
 * A request that is neither an announce nor a scrape.
 *
 * @param method GET, POST and so on
 * @param path as sent, without its query
 * @param authorization the header; empty if there is none
 * @param accept the header; empty if there is none
 * @param body text
 */
public record PageRequest(
    String method, String path, String authorization, String accept, String body) {}
