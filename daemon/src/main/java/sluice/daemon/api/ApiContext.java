package sluice.daemon.api;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import sluice.daemon.announce.EmbeddedTracker;
import sluice.daemon.auth.Doorman;
import sluice.daemon.creation.Creations;
import sluice.daemon.rss.Collector;
import sluice.daemon.shelf.Blocking;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.EventLog;
import sluice.daemon.shelf.Preferences;
import sluice.daemon.shelf.TrackerBook;
import sluice.daemon.trade.TradeDesk;

/**
 * What our API works on.
 *
 * @param desk the torrents
 * @param preferences of the session
 * @param trackers what they said
 * @param log what happened
 * @param doorman keys and links
 * @param feeds what they bring
 * @param blocking who is blocked
 * @param creations torrents that are made
 * @param embedded tracker of the daemon
 * @param url of the page
 * @param unixMillis the time
 * @param startedMillis when the daemon started
 * @param labelsFile where categories, tags and settings are kept
 * @param trade the market
 * @param end ends the daemon
 */
public record ApiContext(
    Desk desk,
    Preferences preferences,
    TrackerBook trackers,
    EventLog log,
    Doorman doorman,
    Collector feeds,
    Blocking blocking,
    Creations creations,
    EmbeddedTracker embedded,
    Supplier<String> url,
    LongSupplier unixMillis,
    long startedMillis,
    Path labelsFile,
    TradeDesk trade,
    Runnable end) {}
