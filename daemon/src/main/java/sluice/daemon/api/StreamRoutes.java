package sluice.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.client.ClientException;
import sluice.client.FileStream;
import sluice.client.TorrentHandle;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.protocol.metainfo.FileEntry;

/**
 * Files of torrents over HTTP while they download, in ranges (RFC 9110, one range). Where it is
 * read, pieces are fetched first.
 */
record StreamRoutes(ApiContext context, TorrentRoutes torrents) {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
  private static final int BUFFER_BYTES = 1 << 16;

  /** Types that browsers play; nothing that they would run. */
  private static final Map<String, String> TYPES =
      Map.of(
          "mp4", "video/mp4",
          "mkv", "video/x-matroska",
          "webm", "video/webm",
          "mp3", "audio/mpeg",
          "ogg", "audio/ogg",
          "flac", "audio/flac",
          "jpg", "image/jpeg",
          "png", "image/png");

  void addTo(OwnCalls calls) {
    calls.get(
        "/torrents/{id}/files/{index}/data",
        "A file while it downloads; Range is understood.",
        this::stream);
  }

  private Reply stream(Request request) {
    TorrentHandle handle =
        context
            .desk()
            .shelf()
            .handle(torrents.item(request))
            .orElseThrow(() -> Problem.missing("the torrent is gone"));
    String text = request.variable("index");
    int index = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
    FileStream stream;
    try {
      stream = handle.stream(index);
    } catch (ClientException e) {
      throw Problem.missing(String.valueOf(e.getMessage()));
    }
    long length = stream.length();
    Range range = Range.of(request.header("Range").orElse(""), length);
    Map<String, String> headers =
        Map.of("Content-Type", type(handle, index), "Accept-Ranges", "bytes");
    Reply.Streamed reply =
        new Reply.Streamed(
            range.partial() ? 206 : 200,
            headers,
            range.to() - range.from(),
            out -> copy(stream, range, out));
    return range.partial()
        ? reply.with(
            "Content-Range", "bytes " + range.from() + "-" + (range.to() - 1) + "/" + length)
        : reply;
  }

  private static String type(TorrentHandle handle, int index) {
    String name =
        handle
            .metainfo()
            .map(m -> m.info().files().get(index))
            .map(FileEntry::path)
            .map(path -> path.getLast())
            .orElse("");
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  private static void copy(FileStream stream, Range range, OutputStream out) throws IOException {
    try (stream) {
      stream.seek(range.from());
      byte[] buffer = new byte[BUFFER_BYTES];
      long left = range.to() - range.from();
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

  /** Bytes from one place up to another, which is not part of it. */
  record Range(long from, long to, boolean partial) {
    /** What {@code header} asks of a file; one that is not understood asks for all of it. */
    static Range of(String header, long length) {
      Matcher matcher = RANGE.matcher(header);
      if (!matcher.matches() || matcher.group(1).length() + matcher.group(2).length() == 0) {
        return new Range(0, length, false);
      }
      String first = matcher.group(1);
      String last = matcher.group(2);
      long from =
          first.isEmpty() ? Math.max(0, length - Long.parseLong(last)) : Long.parseLong(first);
      long to =
          first.isEmpty() || last.isEmpty() ? length : Math.min(length, Long.parseLong(last) + 1);
      if (from >= to) {
        throw new Problem(416, "range", "the file has " + length + " bytes");
      }
      return new Range(from, to, true);
    }
  }
}
