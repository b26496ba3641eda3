package sluice.daemon.qbittorrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import sluice.client.TorrentHandle;
import sluice.daemon.shelf.Handling;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Placing;
import sluice.daemon.shelf.Preference;
import sluice.daemon.shelf.Wish;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import sluice.engine.session.QueueMove;

/** Adds, removes and changes torrents. */
record TorrentActions(QbContext context) {
  private static final Logger LOG = System.getLogger(TorrentActions.class.getName());
  private static final double PERMILLE = 1_000;
  private static final double NANOS_OF_MINUTE = 60e9;

  void addTo(Calls calls) {
    calls.post("torrents/add", Scope.ADD, this::add);
    calls.act(
        "torrents/delete",
        Scope.MANAGE,
        request -> context.desk().remove(context.items(request), said(request, "deleteFiles")));
    // Before version 5 they were called pause and resume.
    each(calls, "torrents/stop", TorrentHandle::stop);
    each(calls, "torrents/pause", TorrentHandle::stop);
    each(calls, "torrents/start", TorrentHandle::start);
    each(calls, "torrents/resume", TorrentHandle::start);
    each(calls, "torrents/recheck", TorrentHandle::recheck);
    each(calls, "torrents/reannounce", TorrentHandle::reannounce);
    calls.act("torrents/setForceStart", Scope.MANAGE, this::force);
    queue(calls, "torrents/topPrio", new QueueMove.Top());
    queue(calls, "torrents/bottomPrio", new QueueMove.Bottom());
    queue(calls, "torrents/increasePrio", new QueueMove.Up());
    queue(calls, "torrents/decreasePrio", new QueueMove.Down());
    calls.act("torrents/setShareLimits", Scope.MANAGE, this::share);
    calls.act("torrents/setDownloadLimit", Scope.MANAGE, request -> limit(request, true));
    calls.act("torrents/setUploadLimit", Scope.MANAGE, request -> limit(request, false));
    calls.act("torrents/setSuperSeeding", Scope.MANAGE, this::superSeed);
    calls.act("torrents/toggleSequentialDownload", Scope.MANAGE, request -> toggle(request, true));
    calls.act("torrents/toggleFirstLastPiecePrio", Scope.MANAGE, request -> toggle(request, false));
    calls.act(
        "torrents/setAutoManagement",
        Scope.MANAGE,
        request -> placing().automate(context.items(request), said(request, "enable")));
    calls.act("torrents/setLocation", Scope.MANAGE, this::locate);
    calls.act(
        "torrents/setSavePath",
        Scope.MANAGE,
        request -> placing().settle(named(request), request.need("path")));
    calls.act(
        "torrents/setDownloadPath",
        Scope.MANAGE,
        request -> placing().settleIncomplete(named(request), request.field("path").orElse("")));
    calls.act("torrents/rename", Scope.MANAGE, this::rename);
  }

  private void each(Calls calls, String path, Function<TorrentHandle, CompletionStage<?>> change) {
    calls.act(path, Scope.MANAGE, request -> context.desk().change(context.items(request), change));
  }

  /** Places are changed where torrents wait for each other, and nowhere else. */
  private void queue(Calls calls, String path, QueueMove move) {
    calls.act(
        path,
        Scope.MANAGE,
        request -> {
          List<Item> items = context.items(request);
          if (!context.preferences().is(Preference.QUEUE_DOWNLOADS_LIMITED)) {
            throw Problem.conflict("Torrent queueing must be enabled");
          }
          context.desk().change(items, handle -> handle.move(move));
        });
  }

  /** A yes or no without which the request makes no sense. */
  private static boolean said(Request request, String name) {
    return request.need(name).equalsIgnoreCase("true");
  }

  static boolean isTrue(Request request, String name) {
    return request.field(name).filter("true"::equalsIgnoreCase).isPresent();
  }

  private Reply add(Request request) {
    Wish wish = wish(request);
    int added = 0;
    List<String> links = new ArrayList<>();
    request.field("urls").ifPresent(urls -> links.addAll(QbContext.parts(urls, "\n")));
    for (String link : links) {
      try {
        added += context.desk().add(link, wish).duplicate() ? 0 : 1;
      } catch (Problem e) {
        LOG.log(Level.INFO, "not added: {0}", e.detail());
      }
    }
    for (Request.Part part : request.parts()) {
      try {
        added += context.desk().add(part.bytes(), wish).duplicate() ? 0 : 1;
      } catch (Problem e) {
        if (e.status() == 415 && request.parts().size() == 1) {
          throw new Problem(415, "torrent", "Error: '" + part.fileName() + "' is no torrent.");
        }
        LOG.log(Level.INFO, "not added: {0}", e.detail());
      }
    }
    return Reply.text(added > 0 ? "Ok." : "Fails.");
  }

  private Wish wish(Request request) {
    boolean stopped =
        request
            .field("stopped")
            .or(() -> request.field("paused"))
            .map("true"::equalsIgnoreCase)
            .orElse(!context.preferences().is(Preference.START_ADDED));
    String category = request.field("category").orElse("");
    String folder =
        request
            .field("savepath")
            .filter(path -> !path.isBlank())
            .orElseGet(() -> category.isEmpty() ? context.preferences().folder().toString() : "");
    return Wish.PLAIN
        .folder(folder)
        .stopped(stopped)
        .forced(isTrue(request, "forced"))
        .name(request.field("rename").orElse(""))
        .labels(category, QbContext.parts(request.field("tags").orElse(""), ","))
        .limits(rate(request, "dlLimit"), rate(request, "upLimit"))
        .order(isTrue(request, "sequentialDownload"), isTrue(request, "firstLastPiecePrio"))
        .share(rule(request, ShareRule.INHERIT))
        .handling(handling(request));
  }

  private Handling handling(Request request) {
    String layout =
        request
            .field("contentLayout")
            // So it was called before version 4.3.
            .or(() -> request.field("root_folder").map(yes -> rootFolder(yes)))
            .orElse("");
    boolean elsewhere = request.field("useDownloadPath").map("true"::equalsIgnoreCase).orElse(true);
    boolean automatic =
        request
            .field("autoTMM")
            .map("true"::equalsIgnoreCase)
            .orElse(
                request.field("savepath").filter(p -> !p.isBlank()).isEmpty()
                    && context.preferences().is(Preference.AUTOMATIC));
    return new Handling(
        isTrue(request, "skip_checking") || isTrue(request, "seedMode"),
        Handling.Layout.of(layout).orElse(Handling.Layout.ORIGINAL),
        request
            .field("stopCondition")
            .flatMap(Handling.StopWhen::of)
            .orElse(Handling.StopWhen.NEVER),
        isTrue(request, "addToTopOfQueue"),
        elsewhere && !automatic ? request.field("downloadPath").orElse("") : "",
        automatic);
  }

  private static String rootFolder(String yes) {
    return switch (yes) {
      case "true" -> Handling.Layout.FOLDER.text();
      case "false" -> Handling.Layout.FLAT.text();
      default -> "";
    };
  }

  private static long rate(Request request, String name) {
    return request.field(name).map(AppCalls::number).filter(n -> n > 0).orElse(0L);
  }

  /** What a request says of limits, with {@code before} where it says nothing. */
  static ShareRule rule(Request request, ShareRule before) {
    return new ShareRule(
        bound(request, "ratioLimit", PERMILLE, before.ratioPermille()),
        bound(request, "seedingTimeLimit", NANOS_OF_MINUTE, before.seedingNanos()),
        bound(request, "inactiveSeedingTimeLimit", NANOS_OF_MINUTE, before.idleNanos()),
        before.action());
  }

  /** -2 is what the session says, -1 no limit. */
  private static Bound bound(Request request, String name, double unit, Bound before) {
    Optional<String> text = request.field(name).filter(t -> !t.isBlank());
    if (text.isEmpty()) {
      return before;
    }
    double value;
    try {
      value = Double.parseDouble(text.get());
    } catch (NumberFormatException e) {
      throw Problem.bad(name + " is no number");
    }
    return value <= -2
        ? Bound.inherit()
        : value < 0 ? Bound.never() : Bound.at(Math.round(value * unit));
  }

  private void force(Request request) {
    boolean on = said(request, "value");
    context.desk().change(context.items(request), handle -> on ? handle.force() : handle.start());
  }

  private void share(Request request) {
    request.need("ratioLimit");
    request.need("seedingTimeLimit");
    for (Item item : context.items(request)) {
      ShareRule rule = rule(request, item.record().options().terms().share());
      context.desk().change(item, handle -> handle.share(rule));
    }
  }

  private void limit(Request request, boolean down) {
    long limit = Math.max(0, AppCalls.number(request.need("limit")));
    for (Item item : context.items(request)) {
      var options = item.record().options();
      context
          .desk()
          .change(
              item,
              handle ->
                  down
                      ? handle.limits(limit, options.upBytesPerSecond())
                      : handle.limits(options.downBytesPerSecond(), limit));
    }
  }

  private void superSeed(Request request) {
    boolean on = said(request, "value");
    context.desk().change(context.items(request), handle -> handle.superSeed(on));
  }

  private void toggle(Request request, boolean sequence) {
    for (Item item : context.items(request)) {
      var picking = item.record().options().picking();
      context
          .desk()
          .change(
              item,
              handle -> handle.order(picking.sequential() != sequence, picking.ends() == sequence));
    }
  }

  private void locate(Request request) {
    String folder = request.need("location");
    if (folder.isBlank()) {
      throw Problem.bad("Save path cannot be empty");
    }
    context.desk().move(context.items(request), folder);
  }

  private Placing placing() {
    return new Placing(context.desk());
  }

  /** Of these calls the list is called otherwise. */
  private List<Item> named(Request request) {
    return context.items(
        request
            .field("id")
            .or(() -> request.field("hashes"))
            .orElseThrow(() -> Problem.bad("the parameter id is missing")));
  }

  private void rename(Request request) {
    String name = request.need("name");
    if (name.isBlank()) {
      throw Problem.conflict("the name is empty");
    }
    context.desk().change(context.item(request), handle -> handle.name(name));
  }
}
