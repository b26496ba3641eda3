package sluice.daemon.rss;

import java.util.List;

/**
 * What a feed says when it is asked.
 *
 * @param title of the feed
 * @param built when it was made, as it says
 * @param articles in the order of the document
 */
record FeedDocument(String title, String built, List<Article> articles) {
  FeedDocument {
    articles = List.copyOf(articles);
  }
}
