package sluice.daemon.rss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import tools.jackson.databind.node.ObjectNode;

/** Which articles rules want. */
class RuleTest {
  private static Article article(String id, String title, long millis) {
    return new Article(id, title, millis, "", "", "", "magnet:?" + id, false, 0);
  }

  private static ObjectNode object(String json) {
    return Json.readObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "''!''!Anything!true",
        "film!''!One Film 2026!true",
        "film 2027!''!One Film 2026!false",
        "film 2027|2026!''!One Film 2026!true",
        "on? f*m!''!One Film!true",
        "f.lm!''!One Film!false",
        "film!cam!One Film CAM!false",
        "film!cam|ts 480!One Film TS!true",
        "film!cam|ts 480!One 480 Film TS!false",
        "film!|!One Film!true",
        "film|!''!Else!true",
        "größe!''!GRÖSSE GRÖßE!true"
      })
  void words(String must, String mustNot, String title, boolean wanted) {
    assertThat(new TitleFilter(must, mustNot, false).isWanted(title)).isEqualTo(wanted);
  }

  @Test
  void expressionsAreReadAndDoNotLastForEver() {
    assertThat(new TitleFilter("^one.+(20\\d\\d)$", "", true).isWanted("One film 2026")).isTrue();
    assertThat(new TitleFilter("", "x{3}", true).isWanted("a xxx b")).isFalse();
    assertThatThrownBy(() -> new TitleFilter("(", "", true)).isInstanceOf(Problem.class);
    String slow = "a".repeat(1_000) + "!";
    assertThat(new TitleFilter("^(a+)+$", "", true).isWanted(slow)).isFalse();
    assertThat(new TitleFilter("^(a|a)*$", "", true).isWanted(slow)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "1x2;!A S01E02 x!true",
        "1x2;!A s1e2!true",
        "1x2;!A 1x02 x!true",
        "1x2;!A S01E22!false",
        "1x2;!A S02E02!false",
        "1x8-15;!A S01E08!true",
        "1x8-15;!A S01E15!true",
        "1x8-15;!A S01E16!false",
        "1x30-;!A S01E31!true",
        "1x30-;!A S02E01!true",
        "1x30-;!A S01E29!false",
        "1x2;8-15;30-;!A S01E09!true",
        "1x2;!A without!false",
        "1x0002;!A S01E2!true"
      })
  void episodes(String filter, String title, boolean wanted) {
    assertThat(Episodes.isFilter(filter)).isTrue();
    assertThat(Episodes.isWanted(filter, title)).isEqualTo(wanted);
  }

  @Test
  void wrongFiltersAreRefused() {
    for (String wrong :
        List.of("1", "1x", "1x2", "x2;", "1x2;;", "1x-2;", "99999x1;", "1x2-3-4;")) {
      assertThat(Episodes.isFilter(wrong)).as(wrong).isFalse();
      assertThatThrownBy(() -> RuleJson.read(object("{'episodeFilter':'" + wrong + "'}")))
          .isInstanceOf(Problem.class);
    }
  }

  @Test
  void anEpisodeIsTakenOnce() {
    Rule rule = RuleJson.read(object("{'smartFilter':true}"));
    rule = rule.took(article("1", "Show S01E02 720p", 5), true);
    assertThat(rule.taken()).containsExactly("1x2");
    assertThat(rule.isDone(article("2", "Show 1x02 1080p", 6), true)).isTrue();
    assertThat(rule.isDone(article("3", "Show S01E03", 6), true)).isFalse();
    assertThat(rule.isDone(article("4", "Show S01E02 REPACK", 6), true)).isFalse();
    assertThat(rule.isDone(article("4", "Show S01E02 REPACK", 6), false)).isTrue();
    rule = rule.took(article("4", "Show S01E02 REPACK", 6), true);
    assertThat(rule.isDone(article("5", "Show s1e2 proper", 6), true)).isTrue();
    rule = rule.took(article("6", "News 2026.11.06", 7), true);
    assertThat(rule.isDone(article("7", "News 2026-11-6 late", 8), true)).isTrue();
  }

  @Test
  void aPauseLastsForDays() {
    long day = 86_400_000;
    Rule rule = RuleJson.read(object("{'ignoreDays':2}")).took(article("1", "a", 10 * day), true);
    assertThat(rule.isDone(article("2", "a", 12 * day - 1), true)).isTrue();
    assertThat(rule.isDone(article("2", "a", 12 * day), true)).isFalse();
  }

  @Test
  void aRuleIsReadAsItIsWritten() {
    Rule rule =
        RuleJson.read(
            object(
                """
                {'enabled':false,'priority':3,'mustContain':'a b','mustNotContain':'c',
                'useRegex':true,'episodeFilter':'1x2;','smartFilter':true,'ignoreDays':4,
                'affectedFeeds':['http://b','http://a'],'lastMatch':'26 Nov 2026 10:00:00 +0000',
                'previouslyMatchedEpisodes':['1x2'],'assignedCategory':'old','addPaused':false,
                'torrentParams':{'category':'films','tags':['x','y'],'save_path':'/d',
                'stopped':true,'content_layout':'Subfolder','stop_condition':'FilesChecked',
                'add_to_top_of_queue':true,'use_auto_tmm':true,'skip_checking':true,
                'download_path':'/i','download_limit':7,'upload_limit':-1}}\
                """));
    assertThat(rule.wish().category()).isEqualTo("films");
    assertThat(rule.start()).contains(false);
    assertThat(rule.lastMillis()).isEqualTo(1_795_687_200_000L);
    assertThat(RuleJson.read(RuleJson.of(rule))).isEqualTo(rule);
    Rule fresh = RuleJson.read(Json.object());
    assertThat(fresh.enabled()).isTrue();
    assertThat(fresh.start()).isEqualTo(Optional.empty());
    assertThat(RuleJson.read(RuleJson.of(fresh))).isEqualTo(fresh);
  }

  @Test
  void articlesThatWereForgottenDoNotComeAgain() {
    List<Article> all =
        IntStream.range(0, 10).mapToObj(i -> article("id" + i, "t" + i, i)).toList();
    Feed feed = Feed.fresh("u", "http://a").fetched(new FeedDocument("T", "", all), 4, 1);
    assertThat(feed.articles()).extracting(Article::id).containsExactly("id9", "id8", "id7", "id6");
    Feed seen = feed.articles(Article::seen);
    Feed again = seen.fetched(new FeedDocument("T", "", all), 4, 2);
    assertThat(again.unread()).isZero();
    assertThat(again.articles()).isEqualTo(seen.articles());
    Feed more = again.fetched(new FeedDocument("T", "", List.of(article("new", "n", 99))), 4, 3);
    assertThat(more.unread()).isEqualTo(1);
    assertThat(more.articles()).hasSize(4);
    assertThat(FeedJson.read("u", FeedJson.of(more))).isEqualTo(more);
  }

  @Test
  void theTreeHasFoldersForEverything() {
    FeedTree tree = new FeedTree();
    tree.addFolder("a");
    tree.addFeed("a\\f", "1");
    tree.addFeed("ab", "2");
    assertThatThrownBy(() -> tree.addFeed("x\\f", "3")).hasMessageContaining("Parent folder");
    assertThatThrownBy(() -> tree.addFeed("ab\\f", "3")).hasMessageContaining("Parent folder");
    assertThatThrownBy(() -> tree.addFolder("a")).hasMessageContaining("exists");
    for (String wrong : List.of("", "\\", "a\\", "\\a", "a\\\\b", " ")) {
      assertThatThrownBy(() -> tree.addFolder(wrong)).as(wrong).isInstanceOf(Problem.class);
    }
    assertThatThrownBy(() -> tree.move("a", "a\\b")).hasMessageContaining("into itself");
    tree.addFolder("b");
    tree.move("a", "b\\c");
    assertThat(tree.all().keySet()).containsExactly("ab", "b", "b\\c", "b\\c\\f");
    assertThat(tree.feeds("b")).containsExactly("1");
    assertThat(tree.feeds("")).containsExactly("2", "1");
    assertThat(tree.remove("b")).containsExactly("1");
    assertThatThrownBy(() -> tree.feeds("b")).hasMessageContaining("doesn't exist");
  }
}
