package sluice.ledger.client;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sluice.market.sign.Domain;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.digest.Hash;
import tools.jackson.databind.JsonNode;

/** A hub that was asked who it is. */
public final class HubClient implements AutoCloseable {
  private final HubLine line;
  private final Domain domain;
  private final List<String> assets;

  private HubClient(HubLine line, Domain domain, List<String> assets) {
    this.line = line;
    this.domain = domain;
    this.assets = assets;
  }

  /**
   * Asks the hub at an address like {@code http://127.0.0.1:7070}. Whoever pins a hub compares its
   * {@link #domain}.
   */
  public static HubClient connect(URI hub) throws IOException, InterruptedException, HubException {
    return connect(hub, HubCarrier.direct());
  }

  /** The same by {@code carrier}, which is closed with it. */
  public static HubClient connect(URI hub, HubCarrier carrier)
      throws IOException, InterruptedException, HubException {
    HubLine line = new HubLine(hub, carrier);
    try {
      JsonNode info = line.ask("GET", "/v1/hub", "", Map.of());
      Hash identity = Hash.ofHex(info.path("hub").asString(""));
      Domain domain = Domain.of(Answers.micros(info, "chain"), identity);
      List<String> assets = new ArrayList<>();
      info.path("assets").forEach(asset -> assets.add(asset.asString("")));
      return new HubClient(line, domain, List.copyOf(assets));
    } catch (IllegalArgumentException e) {
      line.close();
      throw new IOException("at " + hub + " is no hub: " + e.getMessage(), e);
    } catch (IOException | InterruptedException | HubException e) {
      line.close();
      throw e;
    }
  }

  /** Where its signatures count; holds its identity. */
  public Domain domain() {
    return domain;
  }

  /** Who signs its certificates: the end of its identity, as that is the hash of the same key. */
  public PayAddress address() {
    byte[] identity = domain.hub().bytes();
    return new PayAddress(Hash.of(identity, identity.length - PayAddress.BYTES, PayAddress.BYTES));
  }

  /** Ids of the assets that it keeps. */
  public List<String> assets() {
    return assets;
  }

  /** The hub as the member with {@code key} uses it. */
  public HubMember member(PayKey key) {
    return new HubMember(line, domain, key);
  }

  @Override
  public void close() {
    line.close();
  }
}
