package sluice.daemon.qbittorrent;

import java.util.List;
import java.util.function.UnaryOperator;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.TrackerEdits;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;

/** Changes the trackers of torrents. */
record TrackerActions(QbContext context) {
  void addTo(Calls calls) {
    calls.act("torrents/addTrackers", Scope.MANAGE, this::add);
    calls.act("torrents/editTracker", Scope.MANAGE, this::edit);
    calls.act("torrents/removeTrackers", Scope.MANAGE, this::remove);
  }

  private void change(Request request, UnaryOperator<List<List<String>>> change) {
    // Clients write "hash", and newer ones may name several.
    for (Item item : items(request)) {
      context.desk().trackers(item, change);
    }
  }

  private List<Item> items(Request request) {
    String named = request.need("hash");
    return named.equals("all") || named.contains("|") || named.equals("*")
        ? context.items(named.equals("*") ? "all" : named)
        : List.of(context.item(request));
  }

  private void add(Request request) {
    List<String> urls = QbContext.parts(request.need("urls"), "\n");
    change(request, tiers -> TrackerEdits.add(tiers, urls));
  }

  private void edit(Request request) {
    String before = request.need("origUrl");
    String next = request.need("newUrl");
    change(request, tiers -> TrackerEdits.replace(tiers, before, next));
  }

  private void remove(Request request) {
    List<String> urls = QbContext.parts(request.need("urls"), "\\|");
    change(request, tiers -> TrackerEdits.remove(tiers, urls));
  }
}
