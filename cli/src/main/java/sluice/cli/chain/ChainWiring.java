package sluice.cli.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.serve.ChainPlan;
import sluice.ledger.serve.ChainSettings;
import sluice.market.sign.PayKey;
import sluice.protocol.digest.Hash;
import sluice.tron.gateway.OwnKeys;
import sluice.tron.gateway.TronAsset;
import sluice.tron.gateway.TronGateway;
import sluice.tron.node.Network;
import sluice.tron.node.NodeException;
import sluice.tron.node.NodeSettings;
import sluice.tron.node.TronNode;

/** From settings to a gateway on a chain. No state. */
public final class ChainWiring {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private ChainWiring() {}

  /** The plan of a hub whose file names a chain; its gateway is open. */
  public static ChainPlan plan(ChainSettings settings, PayKey wallet) throws IOException {
    Optional<String> apiKey = key(settings.apiKey());
    TronNode node = connect(settings, settings.solidity(), apiKey);
    List<TronNode> others = new ArrayList<>();
    for (String other : settings.others()) {
      others.add(connect(settings, other, apiKey));
    }
    try {
      Hash genesis = node.genesis();
      String asset = TronAsset.idOf(Network.chainId(genesis), settings.token());
      long first =
          settings.firstBlock().isPresent()
              ? settings.firstBlock().get()
              : node.solidHead().height();
      TronGateway gateway =
          TronGateway.open(
              node,
              others,
              settings.genesis().map(Hash::ofHex),
              settings.mainnet(),
              List.of(
                  new TronAsset(asset, settings.token(), settings.precision(), settings.label())),
              OwnKeys.of(wallet));
      return new ChainPlan(
          gateway,
          Network.chainId(genesis),
          asset,
          first,
          settings.payouts(),
          settings.rules(),
          settings.pollMillis());
    } catch (NodeException | ChainException e) {
      throw new Problem(ExitCode.FAILED, "the chain's node does not answer: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static TronNode connect(
      ChainSettings settings, String solidity, Optional<String> apiKey) {
    // Another node's full service would only be asked for its first block.
    String full = solidity.equals(settings.solidity()) ? settings.node() : solidity;
    try {
      return TronNode.connect(
          new NodeSettings(
              full, solidity, settings.tls(), settings.certificate(), apiKey, DEADLINE));
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }

  /** The first line of a file. */
  static Optional<String> key(Optional<Path> file) throws IOException {
    return file.isEmpty()
        ? Optional.empty()
        : Files.readString(file.get()).lines().findFirst().map(String::strip);
  }
}
