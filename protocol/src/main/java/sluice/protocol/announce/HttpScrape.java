package sluice.protocol.announce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;
import sluice.protocol.digest.Hash;
import sluice.protocol.text.Shown;

/** Scrapes over HTTP: the URL to ask, and the answer (BEP 48). */
public final class HttpScrape {
  private static final String ANNOUNCE = "announce";

  private HttpScrape() {}

  /**
   * The URL of a scrape: {@code announce} at the start of the last path component becomes {@code
   * scrape}. A tracker whose URL lacks it cannot be scraped.
   */
  public static Optional<String> url(String announceUrl, List<Hash> infoHashes) {
    String url = announceUrl.strip();
    int end = url.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = url.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    int authority = url.indexOf("://") + 3;
    int slash = url.lastIndexOf('/', end - 1);
    if (authority < 3 || slash < authority || !url.startsWith(ANNOUNCE, slash + 1)) {
      return Optional.empty();
    }
    String rest = url.substring(slash + 1 + ANNOUNCE.length());
    QueryString query = new QueryString(url.substring(0, slash + 1) + "scrape" + rest);
    for (Hash hash : infoHashes) {
      query.add("info_hash", hash.bytes());
    }
    return Optional.of(query.toString());
  }

  /** The answer in the body of a tracker's response, whatever its status. */
  public static ScrapeReply parse(byte[] body) {
    try {
      return Bencode.parseLenient(body, BencodeLimits.WIRE).value() instanceof BDictionary root
          ? reply(root)
          : new ScrapeReply.Malformed("not a dictionary");
    } catch (BencodeException e) {
      return new ScrapeReply.Malformed("bencoding: " + e.getMessage());
    }
  }

  private static ScrapeReply reply(BDictionary root) {
    Optional<BDictionary> files = root.dictionary("files");
    if (files.isPresent()) {
      return counts(files.get());
    }
    return root.string("failure reason")
        .<ScrapeReply>map(
            s -> new ScrapeReply.Failure(Shown.text(s.utf8(), TrackerLimits.TEXT_CHARS)))
        .orElseGet(() -> new ScrapeReply.Malformed("no files"));
  }

  private static ScrapeReply counts(BDictionary files) {
    List<ScrapeEntry> entries = new ArrayList<>();
    for (int i = 0; i < files.size() && entries.size() < TrackerLimits.SCRAPED; i++) {
      if (files.key(i).length() != Hash.SHA1_BYTES) {
        return new ScrapeReply.Malformed("an info-hash of " + files.key(i).length() + " bytes");
      }
      if (files.value(i) instanceof BDictionary file) {
        entries.add(
            new ScrapeEntry(
                Hash.of(files.key(i).bytes()),
                count(file, "complete"),
                count(file, "downloaded"),
                count(file, "incomplete")));
      }
    }
    return new ScrapeReply.Counts(entries);
  }

  private static int count(BDictionary file, String key) {
    return TrackerLimits.count(file.integer(key).orElse(0)).orElse(0);
  }
}
