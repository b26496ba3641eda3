package sluice.daemon.rss;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads RSS 0.9 to 2.0 and Atom (RFC 4287). Document types are not read and entities not resolved,
 * so a feed names no files and does not grow while it is read. One thread.
 */
final class FeedParser {
  /** Articles of a document; the others are left out. */
  static final int MAX_ARTICLES = 2_000;

  private static final int MAX_DEPTH = 64;
  private static final Pattern DECLARED =
      Pattern.compile("^[^<]{0,3}<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final Set<String> ROOTS = Set.of("rss", "rdf", "feed");
  private static final Set<String> ARTICLES = Set.of("item", "entry");

  private final XMLStreamReader in;
  private final long nowMillis;
  private final List<Article> articles = new ArrayList<>();
  private String title = "";
  private String built = "";
  private int depth;

  private FeedParser(XMLStreamReader in, long nowMillis) {
    this.in = in;
    this.nowMillis = nowMillis;
  }

  /**
   * What {@code bytes} say.
   *
   * @param nowMillis the time of articles that do not say theirs
   * @throws FeedException if it is no feed
   */
  static FeedDocument parse(byte[] bytes, long nowMillis) throws FeedException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("a feed names other documents");
    });
    try {
      // Bytes that are no text of their encoding are replaced, not refused.
      Reader text = new InputStreamReader(new ByteArrayInputStream(bytes), charset(bytes));
      XMLStreamReader reader = factory.createXMLStreamReader(text);
      return new FeedParser(reader, nowMillis).document();
    } catch (XMLStreamException e) {
      throw new FeedException("no XML: " + firstLine(e));
    } catch (RuntimeException e) {
      // The parser of the JDK fails in these ways where a document is broken.
      throw new FeedException("no XML: " + e);
    }
  }

  /** What the first bytes say, or the XML declaration; UTF-8 if neither does. */
  private static Charset charset(byte[] bytes) throws FeedException {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    if (mark == 0xfeff || mark == 0xfffe) {
      return StandardCharsets.UTF_16;
    }
    String start = new String(bytes, 0, Math.min(bytes.length, 256), StandardCharsets.ISO_8859_1);
    Matcher declared = DECLARED.matcher(start);
    try {
      return declared.find() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      throw new FeedException("it is in an encoding that is unknown: " + declared.group(1));
    }
  }

  private static String firstLine(XMLStreamException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private FeedDocument document() throws XMLStreamException, FeedException {
    boolean root = false;
    while (in.hasNext()) {
      int event = in.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        String name = name();
        if (!root && !ROOTS.contains(name)) {
          throw new FeedException("neither RSS nor Atom: it begins with " + name);
        }
        root = true;
        down();
        element(name);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    if (!root) {
      throw new FeedException("it is empty");
    }
    return new FeedDocument(title, built, articles);
  }

  /** An element outside of articles. */
  private void element(String name) throws XMLStreamException, FeedException {
    if (ARTICLES.contains(name)) {
      article();
    } else if (depth <= 3 && name.equals("title") && title.isEmpty()) {
      title = text(Article.MAX_TITLE_CHARS).strip();
    } else if (depth <= 3 && Set.of("lastbuilddate", "updated").contains(name)) {
      built = text(64).strip();
    } else if (Set.of("image", "textinput").contains(name)) {
      text(0);
    }
  }

  private void article() throws XMLStreamException, FeedException {
    int outside = depth - 1;
    ArticleDraft draft = new ArticleDraft();
    while (depth > outside) {
      int event = in.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        down();
        field(draft, name());
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    if (articles.size() < MAX_ARTICLES) {
      draft.article(nowMillis).ifPresent(articles::add);
    }
  }

  private void field(ArticleDraft draft, String name) throws XMLStreamException, FeedException {
    switch (name) {
      case "title" -> draft.title(text(Article.MAX_TITLE_CHARS));
      case "guid", "id" -> draft.id(text(Article.MAX_LINK_CHARS));
      case "pubdate", "published", "date" -> draft.date(text(64), true);
      case "updated" -> draft.date(text(64), false);
      case "creator", "author" -> draft.author(text(Article.MAX_TITLE_CHARS));
      case "description", "summary", "content", "encoded" ->
          draft.description(text(Article.MAX_DESCRIPTION_CHARS));
      case "magneturi" -> draft.torrent(text(Article.MAX_LINK_CHARS));
      case "enclosure" -> draft.enclosure(attribute("url"), attribute("type"));
      case "attr" -> {
        if (attribute("name").equals("magneturl")) {
          draft.torrent(attribute("value"));
        }
      }
      case "link" -> {
        // Atom has the address in an attribute, RSS in the text.
        String href = attribute("href");
        if (attribute("rel").equals("enclosure")) {
          draft.enclosure(href, attribute("type"));
        } else {
          draft.link(href.isEmpty() ? text(Article.MAX_LINK_CHARS) : href);
        }
      }
      // What another feed says of itself.
      case "source" -> text(0);
      default -> {}
    }
  }

  private String name() {
    return in.getLocalName().toLowerCase(Locale.ROOT);
  }

  private String attribute(String name) {
    String value = in.getAttributeValue(null, name);
    return value == null || value.length() > Article.MAX_LINK_CHARS ? "" : value;
  }

  private void down() throws FeedException {
    if (++depth > MAX_DEPTH) {
      throw new FeedException("it is nested too deep");
    }
  }

  /** The first characters of the element that has begun, whose end it goes to. */
  private String text(int maxChars) throws XMLStreamException, FeedException {
    StringBuilder text = new StringBuilder();
    int outside = depth - 1;
    while (depth > outside) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          down();
          text.append(text.isEmpty() || text.length() >= maxChars ? "" : " ");
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          int room = Math.min(maxChars - text.length(), in.getTextLength());
          text.append(in.getTextCharacters(), in.getTextStart(), Math.max(0, room));
        }
        default -> {}
      }
    }
    return text.toString();
  }
}
