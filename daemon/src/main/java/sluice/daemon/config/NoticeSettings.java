package sluice.daemon.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told when something happens to a torrent.
 *
 * @param programs that are run
 * @param webhooks that are called
 */
public record NoticeSettings(List<Program> programs, List<Webhook> webhooks) {
  /** Nobody. */
  public static final NoticeSettings NOBODY = new NoticeSettings(List.of(), List.of());

  private static final Set<String> EVENTS = Set.of("completed", "faulted", "metadata", "shared");
  private static final int MAX = 100;

  public NoticeSettings {
    programs = List.copyOf(programs);
    webhooks = List.copyOf(webhooks);
  }

  /**
   * A program and its arguments.
   *
   * @param words in which <code>{name}</code> and the like are replaced
   * @param events at which it is run
   */
  public record Program(List<String> words, Set<String> events) {}

  /**
   * An address to which notices are posted.
   *
   * @param secret with which they are signed
   * @param events that are told
   */
  public record Webhook(URI url, String secret, Set<String> events) {}

  static NoticeSettings of(
      @Nullable List<ConfigFile.Run> programs, @Nullable List<ConfigFile.Webhook> webhooks) {
    List<Program> run = new ArrayList<>();
    for (ConfigFile.Run said : programs == null ? List.<ConfigFile.Run>of() : programs) {
      List<String> words = said.program() == null ? List.of() : said.program();
      if (words.isEmpty() || !words.getFirst().startsWith("/")) {
        throw new ConfigProblem("run.program: a list of words, of which the first is a path");
      }
      run.add(new Program(words, events(said.events())));
    }
    List<Webhook> call = new ArrayList<>();
    for (ConfigFile.Webhook said : webhooks == null ? List.<ConfigFile.Webhook>of() : webhooks) {
      String url = said.url() == null ? "" : said.url();
      if (!url.matches("https?://[^\\s]+") || said.secret() == null || said.secret().isBlank()) {
        throw new ConfigProblem("webhook: it needs a url of http or https, and a secret");
      }
      call.add(new Webhook(URI.create(url), said.secret(), events(said.events())));
    }
    if (run.size() > MAX || call.size() > MAX) {
      throw new ConfigProblem("at most " + MAX + " programs and webhooks");
    }
    return new NoticeSettings(run, call);
  }

  private static Set<String> events(@Nullable List<String> said) {
    if (said == null) {
      return Set.of("completed");
    }
    for (String event : said) {
      if (!EVENTS.contains(event)) {
        throw new ConfigProblem("there is no event " + event + "; there are " + EVENTS);
      }
    }
    return Set.copyOf(said);
  }
}
