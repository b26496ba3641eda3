package sluice.protocol.nat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the few texts that are needed of a gateway's XML: its services and the answers of these.
 * Documents with declarations of their own ({@code <!DOCTYPE}) are refused.
 */
public final class GatewayXml {
  /** Longest document in characters. */
  public static final int MAX_CHARS = 128 * 1024;

  private static final int MAX_DEPTH = 32;
  private static final int MAX_SERVICES = 64;
  private static final int MAX_TEXT = 512;

  private final String xml;
  private final ArrayDeque<String> open = new ArrayDeque<>();
  private final List<Element> elements = new ArrayList<>();
  private int at;

  /** An element that has text and no elements within. */
  private record Element(String parent, String name, String text, int parentStart) {}

  /** A service of a device: what it is and where it is spoken with. */
  public record Service(String type, String control) {}

  private GatewayXml(String xml) {
    this.xml = xml;
  }

  /** The services in a description; empty if that is not XML as it should be. */
  public static Optional<List<Service>> services(String xml) {
    return read(xml).map(GatewayXml::services);
  }

  private static List<Service> services(List<Element> elements) {
    List<Service> services = new ArrayList<>();
    for (Element type : elements) {
      if (type.parent.equals("service") && type.name.equals("serviceType")) {
        elements.stream()
            .filter(e -> e.parentStart == type.parentStart && e.name.equals("controlURL"))
            .findFirst()
            .filter(control -> services.size() < MAX_SERVICES)
            .ifPresent(control -> services.add(new Service(type.text, control.text)));
      }
    }
    return List.copyOf(services);
  }

  /** The text of the first element called {@code name}, whatever its prefix. */
  public static Optional<String> text(String xml, String name) {
    return read(xml)
        .flatMap(all -> all.stream().filter(e -> e.name.equals(name)).findFirst())
        .map(Element::text);
  }

  private static Optional<List<Element>> read(String xml) {
    if (xml.length() > MAX_CHARS) {
      return Optional.empty();
    }
    GatewayXml reader = new GatewayXml(xml);
    return reader.run() ? Optional.of(reader.elements) : Optional.empty();
  }

  private boolean run() {
    ArrayDeque<Integer> starts = new ArrayDeque<>();
    int textFrom = -1;
    while (true) {
      int begin = xml.indexOf('<', at);
      if (begin < 0) {
        return open.isEmpty();
      }
      if (xml.startsWith("<!--", begin) || xml.startsWith("<?", begin)) {
        String end = xml.startsWith("<?", begin) ? "?>" : "-->";
        int close = xml.indexOf(end, begin);
        if (close < 0) {
          return false;
        }
        at = close + end.length();
        continue;
      }
      int end = xml.indexOf('>', begin);
      if (end < 0 || xml.startsWith("<!", begin)) {
        return false;
      }
      at = end + 1;
      if (xml.charAt(begin + 1) == '/') {
        String name = local(xml.substring(begin + 2, end));
        if (open.isEmpty() || !open.peek().equals(name)) {
          return false;
        }
        open.pop();
        starts.pop();
        if (textFrom >= 0 && begin - textFrom <= MAX_TEXT) {
          String parent = open.isEmpty() ? "" : open.peek();
          int start = starts.isEmpty() ? -1 : starts.peek();
          elements.add(new Element(parent, name, plain(xml.substring(textFrom, begin)), start));
        }
        textFrom = -1;
      } else if (xml.charAt(end - 1) != '/') {
        if (open.size() == MAX_DEPTH) {
          return false;
        }
        open.push(local(xml.substring(begin + 1, end)));
        starts.push(begin);
        textFrom = end + 1;
      } else {
        textFrom = -1;
      }
    }
  }

  /** The name in a tag without attributes and prefix. */
  private static String local(String tag) {
    int end = 0;
    while (end < tag.length() && !Character.isWhitespace(tag.charAt(end))) {
      end++;
    }
    return tag.substring(tag.lastIndexOf(':', end) + 1, end);
  }

  private static String plain(String text) {
    return text.strip()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }
}
