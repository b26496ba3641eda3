package sluice.daemon.transmission;

import java.util.function.LongSupplier;
import sluice.daemon.shelf.Blocking;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Preferences;
import sluice.daemon.shelf.TrackerBook;

/**
 * What the methods work on.
 *
 * @param desk the torrents
 * @param preferences of the session
 * @param trackers what they said
 * @param blocking who is blocked
 * @param startedMillis when the daemon started
 * @param unixMillis the time
 * @param end ends the daemon
 */
public record RpcContext(
    Desk desk,
    Preferences preferences,
    TrackerBook trackers,
    Blocking blocking,
    long startedMillis,
    LongSupplier unixMillis,
    Runnable end) {}
