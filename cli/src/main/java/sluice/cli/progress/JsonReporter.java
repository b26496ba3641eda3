package sluice.cli.progress;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.cli.ExitCode;
import sluice.cli.text.Json;
import sluice.cli.text.Printable;

/**
 * Writes one JSON object for each event to standard output, and warnings and errors as text to
 * standard error. With several torrents each object of one has the field {@code torrent}.
 */
public final class JsonReporter implements Reporter {
  private static final long INTERVAL_MILLIS = 1000;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean several;

  public JsonReporter(PrintStream out, PrintStream err, boolean several) {
    this.out = out;
    this.err = err;
    this.several = several;
  }

  @Override
  public long intervalMillis() {
    return INTERVAL_MILLIS;
  }

  @Override
  public void listening(int port) {
    Map<String, Object> line = line("listening");
    line.put("port", port);
    print(line);
  }

  @Override
  public void metadata(String torrent, String name, long bytes, int files) {
    Map<String, Object> line = line("metadata", torrent);
    line.put("name", name);
    line.put("total", bytes);
    line.put("files", files);
    print(line);
  }

  @Override
  public void checked(String torrent, String name, double seconds, int have, int pieces) {
    Map<String, Object> line = line("checked", torrent);
    line.put("seconds", seconds);
    line.put("have", have);
    line.put("pieces", pieces);
    print(line);
  }

  @Override
  public void progress(List<Progress> torrents) {
    for (Progress p : torrents) {
      Map<String, Object> line = line("progress", p.torrent());
      line.put("downloaded", p.done());
      line.put("uploaded", p.uploaded());
      line.put("total", p.total());
      line.put("peers", p.peers());
      line.put("received", p.received());
      line.put("down_rate", p.downRate());
      line.put("up_rate", p.upRate());
      line.put("phase", p.stage().word());
      print(line);
    }
  }

  @Override
  public void complete(String torrent, String name, boolean already) {
    print(line("complete", torrent));
  }

  @Override
  public void seeding(String torrent, String name) {
    print(line("seeding", torrent));
  }

  @Override
  public void warning(String message) {
    err.println("sluice: " + Printable.clean(message));
  }

  @Override
  public void error(ExitCode exit, String message) {
    Map<String, Object> line = line("error");
    line.put("code", exit.code());
    line.put("message", message);
    print(line);
    err.println("sluice: " + Printable.clean(message));
  }

  @Override
  public void close() {
    out.flush();
  }

  private static Map<String, Object> line(String event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    return line;
  }

  private Map<String, Object> line(String event, String torrent) {
    Map<String, Object> line = line(event);
    if (several) {
      line.put("torrent", torrent);
    }
    return line;
  }

  private void print(Map<String, Object> line) {
    out.println(Json.of(line));
    out.flush();
  }
}
