package sluice.daemon.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** Headers that keep browsers from being used against their users; on every answer. */
final class SafeHeaders {
  private static final Map<String, String> USUAL =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
              + " form-action 'self'; frame-ancestors 'none'",
          "X-Frame-Options",
          "DENY",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), microphone=(), geolocation=()",
          "Cache-Control",
          "no-store");

  private SafeHeaders() {}

  /** The same answer with all of them; what it says itself stays. */
  static Reply on(Reply reply) {
    Map<String, String> headers = new LinkedHashMap<>(USUAL);
    headers.putAll(reply.headers());
    return switch (reply) {
      case Reply.Whole whole -> new Reply.Whole(whole.status(), headers, whole.body());
      case Reply.Streamed streamed ->
          new Reply.Streamed(streamed.status(), headers, streamed.length(), streamed.body());
    };
  }
}
