package sluice.daemon;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls qBittorrent's API, of whomever it is. */
record HttpCaller(HttpClient http, URI root, String key) {
  static final String FORM = "multipart/form-data; boundary=b";

  /** An answer. */
  record Answer(int status, String type, String body) {}

  static HttpCaller of(RealProgram real) {
    return new HttpCaller(
        HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + real.port + "/api/v2/"), "");
  }

  static HttpCaller of(TestDaemon daemon) {
    return new HttpCaller(HttpClient.newHttpClient(), daemon.uri("/api/v2/"), daemon.key);
  }

  private Answer send(String path, HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> answer =
        http.send(
            request
                .uri(
                    URI.create(
                        root + path.replace(" ", "%20").replace("|", "%7C").replace("\\", "%5C")))
                .header("X-API-Key", key.isEmpty() ? "none" : key)
                .build(),
            BodyHandlers.ofByteArray());
    return new Answer(
        answer.statusCode(),
        answer.headers().firstValue("Content-Type").orElse("none"),
        new String(answer.body(), StandardCharsets.UTF_8));
  }

  /** What a reading call answers where no exception may be thrown. */
  String told(String path) {
    try {
      return send(path, HttpRequest.newBuilder()).body();
    } catch (Exception e) {
      throw new AssertionError(path, e);
    }
  }

  /** A call with a form. */
  Answer post(String path, Map<String, String> form) throws Exception {
    return send(
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    form.entrySet().stream()
                        .map(e ->
                            e.getKey()
                                + "="
                                + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")))));
  }

  /** A call with a file and fields beside it. */
  Answer upload(String path, byte[] file, Map<String, String> form) throws Exception {
    return send(
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", FORM)
            .POST(BodyPublishers.ofByteArray(form(file, form))));
  }

  /** A torrent file and fields beside it, as {@link #FORM}. */
  static byte[] form(byte[] file, Map<String, String> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach((name, value) ->
        out.writeBytes(
            ("--b\r\nContent-Disposition: form-data; name=\""
                    + name
                    + "\"\r\n\r\n"
                    + value
                    + "\r\n")
                .getBytes(StandardCharsets.UTF_8)));
    out.writeBytes(
        ("--b\r\nContent-Disposition: form-data; name=\"torrents\"; filename=\"t.torrent\"\r\n"
                + "Content-Type: application/x-bittorrent\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(file);
    out.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /**
   * A line of the table: {@code GET path}, {@code POST path form}, {@code FILE path which form}.
   */
  Answer send(String line, byte[] file) throws Exception {
    String[] words = line.split(" ", 3);
    if (words[0].equals("GET")) {
      return send(line.substring("GET ".length()), HttpRequest.newBuilder());
    } else if (words[0].equals("POST")) {
      return post(words[1], fields(words.length < 3 ? "" : words[2]));
    }
    return upload(words[1], file, fields(words[2].substring(words[2].indexOf(' ') + 1)));
  }

  private Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : text.split("&")) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(
            field.substring(0, equals),
            field.substring(equals + 1).replace("KEY", key).replace("%26", "&"));
      }
    }
    return fields;
  }
}
