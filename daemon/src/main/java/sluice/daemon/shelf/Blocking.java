package sluice.daemon.shelf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.client.Client;
import sluice.client.FilterFile;
import sluice.daemon.auth.PrivateFile;
import sluice.daemon.web.Problem;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.address.IpText;
import sluice.protocol.filter.FilterList;
import sluice.protocol.filter.IpFilter;

/**
 * Addresses with which nothing is exchanged: single ones that users banned, and a list, which is
 * fetched from the web or is a file in a folder of data. Any thread that may block.
 */
public final class Blocking {
  /** Single addresses. */
  static final int MAX_BANNED = 100_000;

  private static final Logger LOG = System.getLogger(Blocking.class.getName());
  private static final int MAX_LIST_BYTES = 64 << 20;
  private static final String ENABLED = "filter-enabled";
  private static final String URL = "filter-url";
  private static final String FILE = "filter-file";

  private final Client client;
  private final Labels labels;
  private final Roots roots;
  private final WebFetch fetch;
  private final Path fetched;
  private final Path bans;
  private final Set<InetAddress> banned = new LinkedHashSet<>();
  private IpFilter list = IpFilter.EMPTY;

  /** Blocks whom it blocked before; what it keeps is in {@code folder}. */
  public Blocking(Client client, Labels labels, Roots roots, WebFetch fetch, Path folder)
      throws IOException {
    this.client = client;
    this.labels = labels;
    this.roots = roots;
    this.fetch = fetch;
    this.fetched = folder.resolve("blocklist");
    this.bans = folder.resolve("banned.txt");
    if (Files.exists(bans)) {
      Files.readString(bans).lines().forEach(line -> IpLiteral.parse(line).ifPresent(banned::add));
    }
    if (isOn() || !banned.isEmpty()) {
      load();
    }
  }

  /** Whether the list holds; single addresses are banned in any case. */
  public boolean isOn() {
    return labels.value(ENABLED).filter("true"::equals).isPresent();
  }

  /** Where the list is fetched; empty if nowhere. */
  public String url() {
    return labels.value(URL).orElse("");
  }

  /** The file with the list; empty if it is fetched. */
  public String file() {
    return labels.value(FILE).orElse("");
  }

  /** Ranges of the list, if it holds. */
  public synchronized int size() {
    return list.size();
  }

  /** Single addresses. */
  public synchronized List<InetAddress> banned() {
    return List.copyOf(banned);
  }

  /** Has the list hold or not. */
  public void turn(boolean on) {
    if (on != isOn()) {
      labels.value(ENABLED, Boolean.toString(on));
      load();
    }
  }

  /** Where the list is fetched from here on; see {@link #update}. */
  public void url(String text) {
    labels.value(URL, text);
  }

  /** Has the list be a file in a folder of data; an empty name: what was fetched. */
  public void file(String text) {
    Path file = text.isBlank() ? fetched : roots.of(text);
    if (!text.isBlank() && !Files.isRegularFile(file)) {
      throw Problem.bad(file + " is no file");
    }
    labels.value(FILE, text.isBlank() ? "" : file.toString());
    load();
  }

  /** Fetches the list; gives its ranges. It holds if lists do. */
  public int update() {
    if (url().isEmpty()) {
      throw Problem.bad("no address of a blocklist is set");
    }
    Path part = fetched.resolveSibling("blocklist.part");
    try {
      Files.write(part, fetch.get(url(), MAX_LIST_BYTES));
      int size = read(part).size();
      Files.move(part, fetched, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      labels.value(FILE, "");
      load();
      return size;
    } catch (IOException e) {
      throw new Problem(502, "blocklist", "the list cannot be used: " + e.getMessage());
    }
  }

  /** Bans addresses besides those that are. */
  public synchronized void ban(Collection<InetAddress> more) {
    Set<InetAddress> all = new LinkedHashSet<>(banned);
    all.addAll(more);
    banOnly(all);
  }

  /** Bans these addresses and no others. */
  public synchronized void banOnly(Collection<InetAddress> all) {
    if (all.size() > MAX_BANNED) {
      throw Problem.bad("at most " + MAX_BANNED + " addresses");
    }
    banned.clear();
    banned.addAll(all);
    String lines = banned.stream().map(IpText::of).collect(Collectors.joining("\n"));
    try {
      PrivateFile.write(bans, lines.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    apply();
  }

  private synchronized void load() {
    Path file = file().isEmpty() ? fetched : Path.of(file());
    list = IpFilter.EMPTY;
    if (isOn() && Files.isRegularFile(file)) {
      try {
        list = read(file);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "{0} is not used: {1}", file, e.getMessage());
      }
    }
    apply();
  }

  private static IpFilter read(Path file) throws IOException {
    FilterList found = FilterFile.read(file);
    if (found.ranges() == 0) {
      throw new IOException("no line of it is understood");
    }
    return found.filter();
  }

  private void apply() {
    Desk.done(client.block(banned.isEmpty() ? list : list.or(IpFilter.of(banned))));
  }
}
