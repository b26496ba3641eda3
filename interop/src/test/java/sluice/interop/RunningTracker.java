package sluice.interop;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tracker on a loopback port, for HTTP and UDP. */
interface RunningTracker extends AutoCloseable {
  /** Counts in the answer to a scrape. */
  Pattern COUNTS = Pattern.compile("8:completei(\\d+)e.*10:incompletei(\\d+)e", Pattern.DOTALL);

  int port();

  /** Starts serving the torrents with these hashes, in hex. */
  void start(List<String> hashes);

  default String httpUrl() {
    return "http://127.0.0.1:" + port() + "/announce";
  }

  default String udpUrl() {
    return "udp://127.0.0.1:" + port() + "/announce";
  }

  /** How many peers have announced the torrent with the hash {@code hex} and are still there. */
  default int peers(String hex) {
    String query = hex.replaceAll("(..)", "%$1");
    String answer = Rpc.fetch("http://127.0.0.1:" + port() + "/scrape?info_hash=" + query);
    Matcher counts = COUNTS.matcher(answer);
    return counts.find()
        ? Integer.parseInt(counts.group(1)) + Integer.parseInt(counts.group(2))
        : 0;
  }

  @Override
  void close();
}
