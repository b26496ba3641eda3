package sluice.tracker.http;

/** Answers what is neither an announce nor a scrape. Called by one thread, which is no loop. */
@FunctionalInterface
public interface Pages {
  /** Nothing is there. */
  Pages NONE =
      request ->
          request.path().endsWith("/announce") || request.path().endsWith("/scrape")
              ? Page.text(405, "use GET")
              : Page.text(404, "there is nothing here");

  /** The answer to {@code request}. */
  Page page(PageRequest request);
}
