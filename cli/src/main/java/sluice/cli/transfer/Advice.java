package sluice.cli.transfer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.engine.port.Fault;
import sluice.protocol.metainfo.Metainfo;

/** What to tell the user about a fault, and how the program ends by it. */
public final class Advice {
  private Advice() {}

  /** A fault that stopped {@code item}. */
  static Problem stopped(Item item, Fault fault) {
    String what = item.name() + ": " + fault.detail();
    return switch (fault.kind()) {
      case NO_SPACE ->
          new Problem(
              ExitCode.FAILED,
              what
                  + "; the disk of "
                  + item.folder()
                  + " is full: free some space and run the same command again, it goes on where it"
                  + " stopped");
      case NO_PERMISSION ->
          new Problem(
              ExitCode.FAILED,
              what + "; make " + item.folder() + " writable or choose another folder by --dir");
      case MISSING ->
          new Problem(
              ExitCode.NOT_FOUND,
              what + "; put the file back, or run the same command again to fetch it anew");
      case IO ->
          new Problem(
              ExitCode.FAILED,
              what + "; check the disk of " + item.folder() + " and run the same command again");
      case ABSENT ->
          new Problem(
              ExitCode.NOT_FOUND,
              what + "; mount the disk of " + item.folder() + " and run the same command again");
      case OCCUPIED ->
          new Problem(ExitCode.FAILED, what + "; move it away, or choose another folder by --dir");
      case REFUSED,
          TIMEOUT,
          UNREACHABLE,
          CLOSED,
          ADDRESS,
          UNKNOWN_HOST,
          TLS,
          BAD_ANSWER,
          CANCELLED ->
          new Problem(ExitCode.FAILED, what);
    };
  }

  /** Somebody else wrote to the files of a torrent. */
  static String lost(String name, int pieces) {
    return name
        + ": its files were changed by another program; "
        + (pieces == 1 ? "1 piece is" : pieces + " pieces are")
        + " wrong and not shared any more";
  }

  /** A torrent that could not be added, or told to go on. */
  static Problem notAdded(Item item, Throwable cause) {
    if (cause instanceof Problem known) {
      return known;
    }
    return stopped(item, new Fault(Fault.Kind.IO, "cannot be added: " + cause.getMessage()));
  }

  /** No torrent was named, and of those that are kept none runs. */
  static Problem nothingToDo(int resting) {
    return new Problem(
        ExitCode.NOT_FOUND,
        resting == 0
            ? "no torrent is kept that could go on; name one to be added"
            : "all kept torrents ("
                + resting
                + ") are stopped; name one to let it go on, or another to be added");
  }

  /** Data that are to be seeded have never been in the folder. */
  public static Optional<Problem> noData(Item item, Metainfo metainfo) {
    return item.absent(metainfo)
        .map(path ->
            new Problem(
                ExitCode.NOT_FOUND,
                path
                    + " does not exist; give the folder that holds it by --dir, or fetch it by"
                    + " sluice get"));
  }

  /** Nobody can connect to us. */
  static String notListening(String where, Fault fault) {
    return switch (fault.kind()) {
      case ADDRESS ->
          "cannot listen on "
              + where
              + " ("
              + fault.detail()
              + "); choose another port by --port, or 0 for any, and an address of this machine by"
              + " --bind";
      default -> "cannot listen on " + where + " (" + fault.detail() + ")";
    };
  }

  /** A tracker that gives no answer; its path may hold a passkey and is not shown. */
  static String tracker(String url, String message) {
    return "tracker "
        + origin(url)
        + " cannot be used: "
        + message
        + "; it is tried again. If this lasts, check its address and the network, or name a peer by"
        + " --peer HOST:PORT";
  }

  /** Nobody to ask is known. */
  static String alone(Item item) {
    return item.name()
        + ": no tracker and no peer is known; waiting for peers that come by themselves. Name one"
        + " by --peer HOST:PORT";
  }

  /** Nothing was found in {@code seconds} seconds. */
  static Problem nobody(Item item, long seconds) {
    return new Problem(
        ExitCode.FAILED,
        item.name()
            + ": no peer could be reached in "
            + seconds
            + " s"
            + (item.usesTrackers() ? " and no tracker answers" : "")
            + (item.lacksMetadata()
                ? ", so that nobody tells what the magnet link stands for; check the link and the"
                    + " network, use the .torrent file, or name a peer by --peer HOST:PORT"
                : "; check the network and the torrent's trackers, or name a peer by --peer"
                    + " HOST:PORT"));
  }

  /** Scheme, host and port of a URL. */
  static String origin(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() == null) {
        return "with a bad address";
      }
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost() + port;
    } catch (URISyntaxException e) {
      return "with a bad address (" + e.getReason() + ")";
    }
  }

  /** Nothing is data of the torrent that is to be seeded. */
  static Problem nothingRight(String name, Item item) {
    return new Problem(
        ExitCode.INVALID,
        name
            + ": nothing in "
            + item.folder()
            + " is data of this torrent; give the folder that holds them by --dir");
  }

  /** What is to be seeded is not all there. */
  static String someMissing(String name, int missing, int pieces) {
    return name
        + ": "
        + missing
        + " of "
        + pieces
        + " pieces are missing or wrong; the others"
        + " are seeded. To get the rest use: sluice get --seed";
  }
}
