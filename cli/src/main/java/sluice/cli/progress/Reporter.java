package sluice.cli.progress;

import java.util.List;
import sluice.cli.ExitCode;

/** Tells the user what happens. A torrent is named by its info-hash and its name. */
public interface Reporter {
  /** How long to wait between two calls of {@link #progress}. */
  long intervalMillis();

  /** Peers are accepted at {@code port}. */
  void listening(int port);

  /** Peers gave the list of files and hashes; {@code bytes} is the size of all files. */
  void metadata(String torrent, String name, long bytes, int files);

  /** The data on disk were checked. */
  void checked(String torrent, String name, double seconds, int have, int pieces);

  /** How far all torrents are. */
  void progress(List<Progress> torrents);

  /** All data are verified and written; {@code already}: nothing was missing at the start. */
  void complete(String torrent, String name, boolean already);

  /** The torrent is given to others, complete or in part. */
  void seeding(String torrent, String name);

  /** Something that the user may want to change; the work goes on. */
  void warning(String message);

  /** The work, or that on one torrent, failed. */
  void error(ExitCode exit, String message);

  /** The last word; a live line is left as it stands. */
  void close();
}
