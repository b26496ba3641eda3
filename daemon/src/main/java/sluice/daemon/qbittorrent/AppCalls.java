package sluice.daemon.qbittorrent;

import java.util.List;
import java.util.Optional;
import sluice.daemon.auth.Doorman;
import sluice.daemon.shelf.EventLog;
import sluice.daemon.web.Json;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Logging in, versions, preferences, the log. The password is a key; the user does not matter. */
record AppCalls(QbContext context) {
  private static final String VERSION = "v5.1.4";
  private static final String API_VERSION = "2.11.4";

  void addTo(Calls calls) {
    PreferencesObject preferences = new PreferencesObject(context);
    calls.open("auth/login", this::login);
    calls.open("auth/logout", this::logout);
    calls.text("app/version", request -> VERSION);
    calls.text("app/webapiVersion", request -> API_VERSION);
    calls.json("app/buildInfo", request -> buildInfo());
    calls.json("app/preferences", request -> preferences.get());
    calls.act("app/setPreferences", Scope.ADMIN, preferences::set);
    calls.text("app/defaultSavePath", request -> context.preferences().folder().toString());
    calls.act("app/shutdown", Scope.ADMIN, request -> context.end().run());
    NetworkCalls.addTo(calls);
    calls.json("app/cookies", request -> Json.array());
    calls.json("log/main", this::log);
    calls.json("log/peers", request -> Json.array());
    calls.json("search/plugins", request -> Json.array());
    calls.json("search/status", request -> Json.array());
  }

  private Reply login(Request request) {
    Optional<String> session =
        context.doorman().open(request.field("password").orElse(""), request.remote());
    return session
        .<Reply>map(id -> Reply.text("Ok.").with("Set-Cookie", request.cookie(Doorman.SID, id, "")))
        .orElseGet(() -> Reply.text("Fails."));
  }

  private Reply logout(Request request) {
    String cookies = request.header("Cookie").orElse("");
    for (String cookie : QbContext.parts(cookies, ";")) {
      if (cookie.startsWith(Doorman.SID + "=")) {
        context
            .doorman()
            .leave(Optional.empty(), Optional.of(cookie.substring(Doorman.SID.length() + 1)));
      }
    }
    return Reply.text("").with("Set-Cookie", request.cookie(Doorman.SID, "", "; Max-Age=0"));
  }

  private static ObjectNode buildInfo() {
    return Json.object()
        .put("qt", "0")
        .put("libtorrent", "Sluice")
        .put("boost", "0")
        .put("openssl", "0")
        .put("zlib", "0")
        .put("bitness", 64)
        .put("platform", "java " + Runtime.version().feature());
  }

  private ArrayNode log(Request request) {
    long last = request.field("last_known_id").map(AppCalls::number).orElse(-1L);
    List<EventLog.Line> lines = context.log().after(last);
    ArrayNode array = Json.array();
    for (EventLog.Line line : lines) {
      array
          .addObject()
          .put("id", line.number())
          .put("message", line.text())
          .put("timestamp", line.millis() / 1_000)
          .put("type", type(line.level()));
    }
    return array;
  }

  private static int type(EventLog.Level level) {
    return switch (level) {
      case INFO -> 2;
      case WARNING -> 4;
      case ERROR -> 8;
    };
  }

  /** A whole number; what is none is as if it were not there. */
  static long number(String text) {
    return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
