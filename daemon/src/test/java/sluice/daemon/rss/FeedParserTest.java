package sluice.daemon.rss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feeds of all kinds, right and wrong ones. */
class FeedParserTest {
  private static final long SEED = Long.getLong("sluice.seed", 20_261_126L);
  private static final int ROUNDS = 20_000;
  private static final long NOW = 1_790_000_000_000L;

  private static final String RSS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:torznab="http://torznab.com/schemas/2015/feed">
        <channel>
          <image><title>Picture</title></image>
          <title>Films &amp; more</title>
          <lastBuildDate>Thu, 26 Nov 2026 10:00:00 GMT</lastBuildDate>
          <item>
            <title>One  Film
              S01E02</title>
            <guid isPermaLink="false">id-1</guid>
            <link>http://a.example/page/1</link>
            <pubDate>Thu, 26 Nov 2026 09:00:00 +0100</pubDate>
            <dc:creator>Jane</dc:creator>
            <description><![CDATA[<b>good</b>]]></description>
            <source url="http://b.example/"><title>Other</title></source>
            <enclosure url="http://a.example/1.torrent" length="1"
                type="application/x-bittorrent"/>
          </item>
          <item>
            <title>Two</title>
            <link>magnet:?xt=urn:btih:aa</link>
          </item>
          <item>
            <title>Three</title>
            <guid>3</guid>
            <enclosure url="http://a.example/3.mp3" type="audio/mpeg"/>
            <torznab:attr name="magneturl" value="magnet:?xt=urn:btih:bb"/>
          </item>
          <item/>
        </channel>
      </rss>
      """;

  private static final String ATOM =
      """
      <feed xmlns="http://www.w3.org/2005/Atom">
        <title>Atom feed</title><updated>2026-11-26T10:00:00Z</updated>
        <entry>
          <id>urn:1</id><title type="html">First</title>
          <author><name>Joe</name><email>joe@a.example</email></author>
          <updated>2026-11-26T09:00:00.5+01:00</updated>
          <published>2026-11-25T08:00:00Z</published>
          <link rel="alternate" href="http://a.example/1"/>
          <link rel="enclosure" type="application/x-bittorrent" href="http://a.example/1.torrent"/>
          <content type="xhtml"><div>a <i>b</i></div></content>
        </entry>
      </feed>
      """;

  private static final String RDF =
      """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>Old</title></channel>
        <item><title>A</title><link>http://a.example/a.torrent</link>
          <dc:date>2026-11-26</dc:date></item>
      </rdf:RDF>
      """;

  @TempDir Path temp;

  private static FeedDocument parse(String text) throws FeedException {
    return FeedParser.parse(text.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  @Test
  void rss() throws Exception {
    FeedDocument feed = parse(RSS);
    assertThat(feed.title()).isEqualTo("Films & more");
    assertThat(feed.built()).isEqualTo("Thu, 26 Nov 2026 10:00:00 GMT");
    assertThat(feed.articles())
        .containsExactly(
            new Article(
                "id-1",
                "One Film S01E02",
                millis("2026-11-26T08:00:00Z"),
                "Jane",
                "<b>good</b>",
                "http://a.example/page/1",
                "http://a.example/1.torrent",
                false,
                0),
            new Article(
                "magnet:?xt=urn:btih:aa",
                "Two",
                NOW,
                "",
                "",
                "",
                "magnet:?xt=urn:btih:aa",
                false,
                0),
            new Article("3", "Three", NOW, "", "", "", "magnet:?xt=urn:btih:bb", false, 0));
  }

  @Test
  void atomAndRdf() throws Exception {
    Article first = parse(ATOM).articles().getFirst();
    assertThat(first.id()).isEqualTo("urn:1");
    assertThat(first.author()).isEqualTo("Joe joe@a.example");
    assertThat(first.millis()).isEqualTo(millis("2026-11-25T08:00:00Z"));
    assertThat(first.link()).isEqualTo("http://a.example/1");
    assertThat(first.torrent()).isEqualTo("http://a.example/1.torrent");
    assertThat(first.description()).contains("a").contains("b");
    Article old = parse(RDF).articles().getFirst();
    assertThat(old.torrent()).isEqualTo("http://a.example/a.torrent");
    assertThat(old.millis()).isEqualTo(millis("2026-11-26T00:00:00Z"));
  }

  @Test
  void entitiesNameNoFilesAndDoNotGrow() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "the secret");
    String names =
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY f SYSTEM \""
            + secret.toUri()
            + "\"><!ENTITY g \"grown\">]><rss><channel><item><title>x&f;&g;</title></item>"
            + "</channel></rss>";
    String told;
    try {
      told = parse(names).toString();
    } catch (FeedException e) {
      told = String.valueOf(e.getMessage());
    }
    assertThat(told).doesNotContain("the secret").doesNotContain("grown");
    StringBuilder laughs = new StringBuilder("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY a" + i + " \"&a" + (i - 1) + ";&a" + (i - 1) + ";\">");
    }
    String bomb = laughs + "]><rss><channel><title>&a29;</title></channel></rss>";
    try {
      assertThat(parse(bomb).title()).hasSizeLessThan(100);
    } catch (FeedException e) {
      assertThat(e).hasMessageContaining("no XML");
    }
  }

  @Test
  void limits() throws Exception {
    String deep = "<rss>" + "<a>".repeat(100) + "</a>".repeat(100) + "</rss>";
    assertThatThrownBy(() -> parse(deep)).hasMessageContaining("too deep");
    String many = "<rss><channel>" + "<item><link>x</link></item>".repeat(5_000);
    assertThat(parse(many + "</channel></rss>").articles()).hasSize(FeedParser.MAX_ARTICLES);
    String item = "<item><title>" + "t".repeat(100_000) + "</title></item>";
    Article cut = parse("<rss><channel>" + item + "</channel></rss>").articles().getFirst();
    assertThat(cut.title()).hasSize(Article.MAX_TITLE_CHARS);
    assertThat(cut.id()).hasSize(64);
    for (String wrong : List.of("", "x", "<html/>", "<rss>", "{}", "<?xml version=\"9\"?><rss/>")) {
      assertThatThrownBy(() -> parse(wrong)).as(wrong).isInstanceOf(FeedException.class);
    }
  }

  @Test
  void whatIsBrokenIsRefusedAndNothingElse() {
    Random random = new Random(SEED);
    List<String> feeds = List.of(RSS, ATOM, RDF);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] feed = feeds.get(round % feeds.size()).getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        feed[random.nextInt(feed.length)] = (byte) random.nextInt(256);
      }
      feed =
          Arrays.copyOf(feed, random.nextInt(20) == 0 ? random.nextInt(feed.length) : feed.length);
      try {
        assertThat(FeedParser.parse(feed, NOW).articles()).hasSizeLessThan(10);
      } catch (FeedException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + SEED + ", round " + round, e);
      }
    }
    assertThat(refused).isBetween(1, ROUNDS - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Thu, 26 Nov 2026 10:00:00 GMT | 2026-11-26T10:00:00Z",
        "26 Nov 26 10:00 +0100 | 2026-11-26T09:00:00Z",
        "Mon, 26 nov 2026 1:02:03 EST | 2026-11-26T06:02:03Z",
        "5 Sep 2026 10:00:00 Z | 2026-09-05T10:00:00Z",
        "2026-11-26T10:00:00+02:00 | 2026-11-26T08:00:00Z",
        "2026-11-26 10:00:00Z | 2026-11-26T10:00:00Z",
        "2026-11-26 | 2026-11-26T00:00:00Z",
        "tomorrow | ",
        "'' | ",
        "32 Nov 2026 10:00:00 GMT | ",
        "2026-13-26T10:00:00Z | "
      })
  void dates(String text, String instant) {
    assertThat(FeedDates.parse(text).map(Instant::ofEpochMilli).map(Instant::toString))
        .isEqualTo(java.util.Optional.ofNullable(instant));
  }

  @Test
  void aDateThatIsWrittenIsReadAgain() {
    assertThat(FeedDates.text(NOW)).isEqualTo("21 Sep 2026 14:13:20 +0000");
    assertThat(FeedDates.parse(FeedDates.text(NOW))).contains(NOW);
  }
}
