package sluice.daemon.api;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import sluice.daemon.shelf.Blocking;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.address.IpText;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Addresses with which nothing is exchanged. */
record FilterRoutes(ApiContext context) {
  void addTo(OwnCalls calls) {
    calls.get("/filter", "Addresses that are blocked.", request -> Json.reply(filter()));
    calls.call(
        "PATCH",
        "/filter",
        Scope.ADMIN,
        "Has the list hold or not, and says where it is and which single addresses are banned.",
        Body.of("enabled: boolean", "url: string", "file: string", "banned: string[]"),
        this::change);
    calls.call(
        "POST",
        "/filter/update",
        Scope.ADMIN,
        "Fetches the list.",
        request -> Json.reply(Json.object().put("ranges", blocking().update())));
  }

  private Blocking blocking() {
    return context.blocking();
  }

  private ObjectNode filter() {
    ObjectNode answer =
        Json.object()
            .put("enabled", blocking().isOn())
            .put("url", blocking().url())
            .put("file", blocking().file())
            .put("ranges", blocking().size());
    ArrayNode banned = answer.putArray("banned");
    blocking().banned().forEach(address -> banned.add(IpText.of(address)));
    return answer;
  }

  private Reply change(Request request) {
    ObjectNode body = Json.readObject(request.body());
    List<InetAddress> banned = new ArrayList<>();
    for (String text : TorrentRoutes.texts(body, "banned")) {
      banned.add(IpLiteral.parse(text).orElseThrow(() -> Problem.bad("no address: " + text)));
    }
    Json.text(body, "url").ifPresent(blocking()::url);
    Json.text(body, "file").ifPresent(blocking()::file);
    if (body.has("banned")) {
      blocking().banOnly(banned);
    }
    Json.flag(body, "enabled").ifPresent(blocking()::turn);
    return Json.reply(filter());
  }
}
