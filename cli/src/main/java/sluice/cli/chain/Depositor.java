package sluice.cli.chain;

import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.bencode.BString;
import sluice.tron.node.BlockHead;
import sluice.tron.node.Broadcast;
import sluice.tron.node.Network;
import sluice.tron.node.NodeException;
import sluice.tron.node.TronNode;
import sluice.tron.tx.BlockRef;
import sluice.tron.tx.SignedTransfer;
import sluice.tron.tx.Transfer;

/** Sends a wallet's coins on the chain. No state. */
public final class Depositor {
  private static final int TRIES = 5;
  private static final long LIFE_MILLIS = 600_000;

  private Depositor() {}

  /** The number of the token of an asset like {@code tron:0x2b6653dc/trc10:1002000}. */
  public static String token(String asset) {
    if (!asset.matches("tron:0x[0-9a-f]{8}/trc10:[0-9]{1,19}")) {
      throw new Problem(ExitCode.FAILED, asset + " is no token of TRON: this hub is on no chain");
    }
    return asset.substring(asset.lastIndexOf(':') + 1);
  }

  /** Refuses a node that is on another chain than the asset, or on the main network unasked. */
  public static void check(TronNode node, String asset, boolean mainnet) throws NodeException {
    String chain = String.format("tron:0x%08x/", Network.chainId(node.genesis()));
    if (!asset.startsWith(chain)) {
      throw new Problem(
          ExitCode.FAILED, "the node is on the chain " + chain + ", the hub's coins are " + asset);
    } else if (Network.of(node.genesis()).filter(Network.MAINNET::equals).isPresent() && !mainnet) {
      throw new Problem(
          ExitCode.FAILED, "these coins are worth something; say --mainnet if you mean it");
    }
  }

  /** Sends tokens; the transaction that the node has taken. */
  public static SignedTransfer send(
      TronNode node, PayKey from, PayAddress to, String token, long micros) throws NodeException {
    BlockHead solid = node.solidHead();
    long head = node.head().timeMillis();
    SignedTransfer signed =
        SignedTransfer.sign(
            new Transfer(from.address(), to, token, micros),
            new BlockRef(solid.id()),
            System.currentTimeMillis(),
            head + LIFE_MILLIS,
            BString.of(new byte[0]),
            from);
    for (int i = 1; ; i++) {
      try {
        Broadcast answer = node.broadcast(signed.bytes());
        if (answer.code() == Broadcast.Code.ACCEPTED || answer.code() == Broadcast.Code.DUPLICATE) {
          return signed;
        } else if (answer.code() != Broadcast.Code.BUSY || i == TRIES) {
          throw new Problem(
              ExitCode.FAILED, "the chain refused it: " + answer.code() + " " + answer.detail());
        }
      } catch (NodeException e) {
        if (i == TRIES) {
          throw new Problem(
              ExitCode.FAILED,
              "the node does not answer, and may have taken "
                  + signed
                  + "; look for it before you send again: "
                  + e.getMessage());
        }
      }
    }
  }
}
