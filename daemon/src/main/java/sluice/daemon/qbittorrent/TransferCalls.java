package sluice.daemon.qbittorrent;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Preference;
import sluice.daemon.shelf.Sums;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import tools.jackson.databind.node.ObjectNode;

/** Rates and limits of the session. A limit of 0 is none. */
record TransferCalls(QbContext context) {
  void addTo(Calls calls) {
    calls.json("transfer/info", request -> info(context, context.desk().shelf().sums()));
    calls.text(
        "transfer/speedLimitsMode",
        request -> context.preferences().is(Preference.ALTERNATIVE) ? "1" : "0");
    calls.act("transfer/toggleSpeedLimitsMode", Scope.MANAGE, request -> toggle());
    calls.act(
        "transfer/setSpeedLimitsMode",
        Scope.MANAGE,
        request -> context.preferences().set(Preference.ALTERNATIVE, mode(request)));
    calls.text(
        "transfer/downloadLimit",
        request -> "" + limit(context, Preference.DOWN_LIMITED, Preference.DOWN_LIMIT));
    calls.text(
        "transfer/uploadLimit",
        request -> "" + limit(context, Preference.UP_LIMITED, Preference.UP_LIMIT));
    calls.act(
        "transfer/setDownloadLimit",
        Scope.MANAGE,
        request -> set(request, Preference.DOWN_LIMITED, Preference.DOWN_LIMIT));
    calls.act(
        "transfer/setUploadLimit",
        Scope.MANAGE,
        request -> set(request, Preference.UP_LIMITED, Preference.UP_LIMIT));
    calls.json("torrents/downloadLimit", request -> limits(request, true));
    calls.json("torrents/uploadLimit", request -> limits(request, false));
  }

  private static long mode(Request request) {
    return switch (request.need("mode")) {
      case "0" -> 0;
      case "1" -> 1;
      default -> throw Problem.bad("mode is 0 or 1");
    };
  }

  private void toggle() {
    boolean on = context.preferences().is(Preference.ALTERNATIVE);
    context.preferences().set(Preference.ALTERNATIVE, on ? 0 : 1);
  }

  private void set(Request request, Preference limited, Preference limit) {
    long rate = Math.max(0, AppCalls.number(request.need("limit")));
    Map<Preference, Long> changed = new EnumMap<>(Preference.class);
    changed.put(limited, rate > 0 ? 1L : 0L);
    if (rate > 0) {
      changed.put(limit, rate);
    }
    context.preferences().set(changed);
  }

  private static long limit(QbContext context, Preference limited, Preference limit) {
    return context.preferences().is(limited) ? context.preferences().get(limit) : 0;
  }

  private ObjectNode limits(Request request, boolean down) {
    ObjectNode limits = Json.object();
    // Of torrents that are not there it says -1.
    Stream.of(request.need("hashes").split("\\|", -1))
        .filter(hash -> !hash.equals("all"))
        .forEach(hash -> limits.put(hash, -1));
    for (Item item : context.items(request)) {
      var options = item.record().options();
      limits.put(item.hash(), down ? options.downBytesPerSecond() : options.upBytesPerSecond());
    }
    return limits;
  }

  static ObjectNode info(QbContext context, Sums all) {
    return Json.object()
        .put("connection_status", context.desk().client().port() == 0 ? "firewalled" : "connected")
        .put("dht_nodes", context.desk().probe().nodes().all())
        .put("dl_info_data", all.downloaded())
        .put("dl_info_speed", all.downRate())
        .put("dl_rate_limit", limit(context, Preference.DOWN_LIMITED, Preference.DOWN_LIMIT))
        .put("up_info_data", all.uploaded())
        .put("up_info_speed", all.upRate())
        .put("up_rate_limit", limit(context, Preference.UP_LIMITED, Preference.UP_LIMIT));
  }
}
