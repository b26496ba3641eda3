package sluice.daemon.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * What a configuration file says. What it does not say is null and means the usual.
 *
 * @param downloads folder of data
 * @param folders other folders in which data may be
 * @param watch folder of which torrent files are added
 * @param network of peers
 * @param bandwidth classes and schedule
 * @param web server
 * @param market where is paid
 * @param tracker that runs inside of the daemon
 * @param run programs that are told what happens
 * @param webhook web servers that are told
 */
public record ConfigFile(
    @Nullable String downloads,
    @Nullable List<String> folders,
    @Nullable String watch,
    @Nullable Network network,
    @Nullable Limits bandwidth,
    @Nullable Web web,
    @Nullable Market market,
    @Nullable EmbeddedTracker tracker,
    @Nullable List<Run> run,
    @Nullable List<Webhook> webhook) {
  private static final int MAX_BYTES = 1 << 20;

  /** Nothing is said. */
  public static final ConfigFile EMPTY =
      new ConfigFile(null, null, null, null, null, null, null, null, null, null);

  /**
   * The table {@code [network]}.
   *
   * @param port to accept peers at
   * @param bind address to listen at and to connect from
   * @param encryption required, preferred, allowed or off
   * @param dht whether it is used
   * @param lsd whether peers are looked for in the local network
   * @param utp whether uTP is used
   * @param tcp whether TCP is used with peers
   * @param dhtNodes by which the DHT is entered in place of the usual ones
   * @param device the interface that everything is bound to
   * @param dns name servers in place of the system's
   * @param allTrackers whether every tracker of a torrent is announced to
   * @param portMapping whether routers are asked to let peers in
   * @param proxies rules as of {@link sluice.client.passage.ProxyRules}
   * @param proxyIsolation whether each torrent has a login of its own with the proxy
   * @param anonymous whether nothing goes past the proxies, and nobody learns the program's name
   * @param urlGuard which addresses that torrents name may be asked: strict, normal or off
   * @param dscp mark on all packets
   */
  public record Network(
      @Nullable Integer port,
      @Nullable String bind,
      @Nullable String encryption,
      @Nullable Boolean dht,
      @Nullable Boolean lsd,
      @Nullable Boolean utp,
      @Nullable Boolean tcp,
      @JsonProperty("dht-nodes") @Nullable List<String> dhtNodes,
      @JsonProperty("interface") @Nullable String device,
      @Nullable List<String> dns,
      @JsonProperty("all-trackers") @Nullable Boolean allTrackers,
      @JsonProperty("port-mapping") @Nullable Boolean portMapping,
      @Nullable List<String> proxies,
      @JsonProperty("proxy-isolation") @Nullable Boolean proxyIsolation,
      @Nullable Boolean anonymous,
      @JsonProperty("url-guard") @Nullable String urlGuard,
      @Nullable Integer dscp) {
    static final Network EMPTY =
        new Network(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null);
  }

  /**
   * The table {@code [bandwidth]}; see {@link sluice.client.limit.LimitRules} for the lines.
   *
   * @param classes of bandwidth
   * @param peers which of them belong to which class
   * @param schedule what differs at which time
   */
  public record Limits(
      @Nullable List<String> classes,
      @Nullable List<String> peers,
      @Nullable List<String> schedule) {}

  /**
   * The table {@code [web]}.
   *
   * @param address to listen at
   * @param port to listen at
   * @param hosts names by which it may be called
   * @param fetchPrivate whether torrent files may be fetched from private addresses
   * @param root folder with another page, which is served instead of ours
   * @param tls certificate of the server
   * @param proxies that are believed when they say for whom they ask
   */
  public record Web(
      @Nullable String address,
      @Nullable Integer port,
      @Nullable List<String> hosts,
      @JsonProperty("fetch-private") @Nullable Boolean fetchPrivate,
      @Nullable String root,
      @Nullable Tls tls,
      @Nullable List<String> proxies) {
    static final Web EMPTY = new Web(null, null, null, null, null, null, null);
  }

  /**
   * The table {@code [web.tls]}.
   *
   * @param certificate file with the certificate and its issuers
   * @param key file with its key
   */
  public record Tls(@Nullable String certificate, @Nullable String key) {}

  /**
   * The table {@code [market]}.
   *
   * @param ledger address of the hub
   * @param wallet file with the key
   * @param passwordFile file with the wallet's password
   * @param inPrivate whether it is also in private torrents
   */
  public record Market(
      @Nullable String ledger,
      @Nullable String wallet,
      @JsonProperty("password-file") @Nullable String passwordFile,
      @JsonProperty("in-private") @Nullable Boolean inPrivate) {}

  /**
   * The table {@code [tracker]}.
   *
   * @param enabled whether there is one
   * @param listen a port, or an address with a port; for UDP and HTTP
   * @param torrents that it serves: own or all
   */
  public record EmbeddedTracker(
      @Nullable Boolean enabled, @Nullable String listen, @Nullable String torrents) {}

  /**
   * One of the tables {@code [[run]]}.
   *
   * @param program a path and arguments
   * @param events at which it is run
   */
  public record Run(@Nullable List<String> program, @Nullable List<String> events) {}

  /**
   * One of the tables {@code [[webhook]]}.
   *
   * @param url to which is posted
   * @param secret that signs
   * @param events that are told
   */
  public record Webhook(
      @Nullable String url, @Nullable String secret, @Nullable List<String> events) {}

  /**
   * Reads {@code file}.
   *
   * @throws ConfigProblem if something in it makes no sense
   */
  public static ConfigFile read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new ConfigProblem(file + " is larger than " + MAX_BYTES + " bytes");
    }
    TomlMapper mapper =
        TomlMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    try {
      return mapper.readValue(Files.readString(file), ConfigFile.class);
    } catch (UnrecognizedPropertyException e) {
      throw new ConfigProblem(file + ": there is no setting " + path(e) + nearest(e));
    } catch (JacksonException e) {
      throw new ConfigProblem(file + ": " + path(e) + " " + e.getOriginalMessage());
    }
  }

  private static String path(JacksonException e) {
    return e.getPath().stream()
        .map(reference -> String.valueOf(reference.getPropertyName()))
        .collect(Collectors.joining("."));
  }

  private static String nearest(UnrecognizedPropertyException e) {
    return e.getKnownPropertyIds().stream()
        .map(String::valueOf)
        .min(Comparator.comparingInt(known -> distance(known, e.getPropertyName())))
        .map(known -> "; did you mean " + known + "?")
        .orElse("");
  }

  /** How many letters are to be added, left out or changed to get from one word to the other. */
  static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(row[j - 1], before[j]) + 1);
      }
      before = row;
    }
    return before[b.length()];
  }
}
