package sluice.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.client.ClientException;
import sluice.client.FileStream;
import sluice.client.TorrentHandle;
import sluice.daemon.shelf.Item;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Route;

/**
 * Files of torrents over HTTP while they download, in ranges (RFC 9110), for browsers and for
 * players. Where it is read, pieces are fetched first.
 */
record StreamRoutes(ApiContext context, TorrentRoutes torrents, StreamTickets tickets) {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String PLAYLIST = "audio/x-mpegurl; charset=UTF-8";

  StreamRoutes(ApiContext context, TorrentRoutes torrents) {
    this(context, torrents, new StreamTickets(context.unixMillis()));
  }

  void addTo(OwnCalls calls) {
    calls.get(
        "/torrents/{id}/files/{index}/data",
        "A file while it downloads; Range and If-Range are understood.",
        this::stream);
    calls.get(
        "/torrents/{id}/playlist",
        "Its films and music, or one file, as a playlist (M3U) for players; the links in it need"
            + " no key and hold for a day.",
        this::playlist,
        "file");
    calls.add(
        Route.open(
            "GET",
            OwnCalls.ROOT + "/stream/{ticket}/{id}/{index}/{name}",
            Dialect.OWN,
            this::ticketed),
        "A file while it downloads, by a link of a playlist.");
  }

  private Reply ticketed(Request request) {
    if (!tickets.opens(request.variable("ticket"), request.variable("id"), index(request))) {
      throw new Problem(403, "ticket", "this link is too old; make another playlist");
    }
    return stream(request);
  }

  private Reply stream(Request request) {
    Item item = torrents.item(request);
    TorrentHandle handle = handle(item);
    int index = index(request);
    FileStream stream;
    try {
      stream = handle.stream(index);
    } catch (ClientException e) {
      throw Problem.missing(String.valueOf(e.getMessage()));
    }
    // A file of a torrent never changes.
    String tag = "\"" + item.hash() + "-" + index + "\"";
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            MediaTypes.of(fileName(handle, index)),
            "Accept-Ranges",
            "bytes",
            "ETag",
            tag);
    long length = stream.length();
    return switch (portion(request, tag, length)) {
      case Portion.All all ->
          new Reply.Streamed(200, headers, length, out -> copy(stream, 0, length, out));
      case Portion.Part(long from, long to) ->
          new Reply.Streamed(206, headers, to - from, out -> copy(stream, from, to, out))
              .with("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + length);
      case Portion.Outside outside ->
          Reply.of(416, "text/plain; charset=UTF-8", "the file has " + length + " bytes\n")
              .with("Content-Range", "bytes */" + length);
    };
  }

  /** Ranges are of GET only, and of the file that whoever asks believes it to be. */
  private static Portion portion(Request request, String tag, long length) {
    boolean same = request.header("If-Range").map(tag::equals).orElse(true);
    return request.method().equals("GET") && same
        ? Portion.of(request.header("Range").orElse(""), length)
        : new Portion.All();
  }

  private Reply playlist(Request request) {
    Item item = torrents.item(request);
    List<String> names = names(handle(item));
    Optional<Integer> only = request.field("file").map(StreamRoutes::index);
    StringBuilder list = new StringBuilder("#EXTM3U\n");
    IntStream.range(0, names.size())
        .filter(i -> only.map(wanted -> wanted == i).orElseGet(() -> isPlayed(names, i)))
        .forEach(i -> entry(list, request, item, i, name(names, i)));
    if (list.indexOf("/stream/") < 0) {
      throw Problem.missing("there is nothing in it that players play");
    }
    return Reply.of(200, PLAYLIST, list.toString())
        .with("Content-Disposition", "attachment; filename=\"" + item.hash() + ".m3u8\"");
  }

  private void entry(StringBuilder list, Request request, Item item, int index, String name) {
    list.append("#EXTINF:-1,").append(name).append('\n');
    list.append(request.secure() ? "https://" : "http://")
        .append(request.header("Host").orElse(""))
        .append(OwnCalls.ROOT + "/stream/")
        .append(tickets.of(item.hash(), index))
        .append("/" + item.hash() + "/" + index + "/")
        .append(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
        .append('\n');
  }

  private TorrentHandle handle(Item item) {
    return context
        .desk()
        .shelf()
        .handle(item)
        .orElseThrow(() -> Problem.missing("the torrent is gone"));
  }

  private static List<String> names(TorrentHandle handle) {
    return handle
        .metainfo()
        .map(m -> m.info().files().stream().map(file -> file.path().getLast()).toList())
        .orElse(List.of());
  }

  private static String fileName(TorrentHandle handle, int index) {
    return handle
        .metainfo()
        .map(m -> m.info().files().get(index))
        .map(file -> file.path().getLast())
        .orElse("");
  }

  private static boolean isPlayed(List<String> names, int index) {
    return MediaTypes.isPlayed(names.get(index));
  }

  /** The name of a file as it may stand in a link, on a line. */
  private static String name(List<String> names, int index) {
    String name = index < names.size() ? names.get(index) : "";
    String clean = name.replaceAll("[/\\\\\\x00-\\x1f\\x7f]", "_");
    return clean.matches("\\.*") ? "file" : clean;
  }

  private static int index(Request request) {
    return index(request.variable("index"));
  }

  private static int index(String text) {
    return text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  private static void copy(FileStream stream, long from, long to, OutputStream out)
      throws IOException {
    try (stream) {
      stream.seek(from);
      byte[] buffer = new byte[BUFFER_BYTES];
      long left = to - from;
      while (left > 0) {
        int count = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new IOException("the file ended early");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
  }
}
