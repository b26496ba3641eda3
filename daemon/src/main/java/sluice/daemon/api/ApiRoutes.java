package sluice.daemon.api;

import java.time.LocalDateTime;
import java.util.List;
import sluice.daemon.shelf.RateBook;
import sluice.daemon.shelf.SlowHours;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Json;
import sluice.daemon.web.Route;

/** All routes below {@code /api/v1}. Closing it ends the streams of events. */
public final class ApiRoutes implements AutoCloseable {
  private final OwnCalls calls = new OwnCalls();
  private final ChangeFeed feed;
  private final RateBook rates;
  private final SlowHours hours;
  private final EventRoutes events;

  /** The API over {@code context}. */
  public ApiRoutes(ApiContext context) {
    feed = new ChangeFeed(context);
    rates = new RateBook(context.desk().shelf()::items);
    rates.start();
    hours = new SlowHours(context.preferences(), LocalDateTime::now);
    hours.start();
    TorrentRoutes torrents = new TorrentRoutes(context);
    torrents.addTo(calls);
    new DetailRoutes(context, torrents).addTo(calls);
    new StreamRoutes(context, torrents).addTo(calls);
    new RateRoutes(rates, torrents).addTo(calls);
    new SessionRoutes(context).addTo(calls);
    new SettingRoutes(context).addTo(calls);
    new MoveRoutes(context).addTo(calls);
    new WalletRoutes(context).addTo(calls);
    new LabelRoutes(context).addTo(calls);
    new RssRoutes(context).addTo(calls);
    new CreationRoutes(context).addTo(calls);
    new FilterRoutes(context).addTo(calls);
    events = new EventRoutes(context, feed);
    events.addTo(calls);
    calls.add(
        Route.open(
            "GET",
            OwnCalls.ROOT + "/openapi.json",
            Dialect.OWN,
            request -> Json.reply(calls.document())),
        "This document.");
  }

  /** The routes. */
  public List<Route> routes() {
    return calls.routes();
  }

  /** Who reads events at present. */
  public int readers() {
    return events.readers();
  }

  @Override
  public void close() {
    feed.close();
    rates.close();
    hours.close();
  }
}
