package sluice.daemon.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a form with files (RFC 7578). */
final class Multipart {
  /** Most parts of a form. */
  static final int MAX_PARTS = 256;

  private static final int MAX_HEAD_BYTES = 4_096;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^\";, ]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("[; ]name=(?:\"([^\"]*)\"|([^\";, ]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE =
      Pattern.compile("[; ]filename=(?:\"([^\"]*)\"|([^\";, ]+))", Pattern.CASE_INSENSITIVE);
  private static final byte[] BLANK = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Multipart() {}

  /** The files of {@code body}; its other parts become {@code fields}. */
  static List<Request.Part> read(String type, byte[] body, Fields fields) {
    String boundary =
        group(BOUNDARY, type).orElseThrow(() -> Problem.bad("the form has no boundary"));
    byte[] first = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    byte[] next = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    List<Request.Part> files = new ArrayList<>();
    int at = find(body, first, 0, body.length);
    int parts = 0;
    while (at >= 0 && !isEnd(body, at + first.length)) {
      if (++parts > MAX_PARTS) {
        throw Problem.bad("the form has more than " + MAX_PARTS + " parts");
      }
      int head = at + first.length;
      int blank = find(body, BLANK, head, Math.min(body.length, head + MAX_HEAD_BYTES));
      int end = blank < 0 ? -1 : find(body, next, blank + 2, body.length);
      if (end < 0) {
        throw Problem.bad("a part of the form has no end");
      }
      String headers = new String(body, head, blank - head, StandardCharsets.UTF_8);
      int from = Math.min(blank + BLANK.length, end);
      add(headers, java.util.Arrays.copyOfRange(body, from, end), fields, files);
      at = end + 2;
    }
    return files;
  }

  private static void add(String headers, byte[] bytes, Fields fields, List<Request.Part> files) {
    String name = group(NAME, headers).orElse("");
    Optional<String> file = group(FILE, headers);
    if (file.isPresent()) {
      files.add(new Request.Part(name, file.get(), bytes));
    } else {
      fields.put(name, new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static boolean isEnd(byte[] body, int at) {
    return at + 1 >= body.length || (body[at] == '-' && body[at + 1] == '-');
  }

  private static int find(byte[] in, byte[] what, int from, int to) {
    for (int i = from; i <= to - what.length; i++) {
      if (java.util.Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<String> group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String quoted = matcher.group(1);
    return Optional.ofNullable(quoted == null ? matcher.group(2) : quoted);
  }
}
