package sluice.protocol.corpus;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import sluice.protocol.digest.Hash;
import sluice.protocol.mse.CryptoMethod;
import sluice.protocol.mse.MseChance;
import sluice.protocol.mse.MseHandshake;
import sluice.protocol.mse.MseInitiator;
import sluice.protocol.mse.MseResponder;
import sluice.protocol.mse.MseStep;
import sluice.protocol.mse.SkeyIndex;

/** Both sides of MSE with the keys of the first shared vector, so that rows can answer them. */
final class MseReaders {
  private static final int KEY_BYTES = 96;
  private static final Hash SKEY = Hash.ofHex("d2474e86c95b19b8bcfdb92bc12c9d44667cfa36");
  private static final String INITIATOR = "142d6a6da50fc4a9339f7ff77adff8dcd2eaebeb";
  private static final String RESPONDER = "157ee43b8f71facc4dcbde4724b1d88144cba2e0";

  static final List<CorpusReader> ALL =
      List.of(
          CorpusReader.of("mse-responder", Refused.class, in -> check(in, MseReaders::responder)),
          CorpusReader.of("mse-initiator", Refused.class, in -> check(in, MseReaders::initiator)));

  private MseReaders() {}

  /** The handshake failed, as it should. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static MseHandshake responder() {
    SkeyIndex torrents = new SkeyIndex();
    torrents.add(SKEY);
    return new MseResponder(
        torrents, List.of(CryptoMethod.RC4, CryptoMethod.PLAIN), chance(RESPONDER));
  }

  private static MseHandshake initiator() {
    MseHandshake side =
        new MseInitiator(
            SKEY, List.of(CryptoMethod.RC4, CryptoMethod.PLAIN), new byte[68], chance(INITIATOR));
    side.work();
    return side;
  }

  private static MseChance chance(String exponent) {
    return new MseChance(HexFormat.of().parseHex(exponent), new byte[9], 5);
  }

  /** Byte by byte and in fragments must come to the same, at the same byte. */
  private static void check(byte[] input, Supplier<MseHandshake> maker) throws Refused {
    String slow = outcome(input, maker.get(), 1);
    String fast = outcome(input, maker.get(), 1 + input.length / 37);
    if (!slow.equals(fast)) {
      throw new AssertionError(slow + " or, in fragments, " + fast);
    }
    if (slow.startsWith("failed")) {
      throw new Refused();
    }
  }

  private static String outcome(byte[] input, MseHandshake side, int fragment) {
    for (int at = 0; at < input.length; ) {
      int end = Math.min(input.length, at < KEY_BYTES ? KEY_BYTES : input.length);
      int n = Math.min(fragment, end - at);
      ByteBuffer in = ByteBuffer.wrap(input, at, n);
      MseStep step = side.feed(in);
      if (step instanceof MseStep.Work) {
        step = side.work();
      }
      at = in.position();
      switch (step) {
        case MseStep.Continue c -> {
          if (in.hasRemaining()) {
            throw new AssertionError("bytes stay unread");
          }
        }
        case MseStep.Work w -> throw new AssertionError("work after work");
        case MseStep.Done done -> {
          return "done at " + at + ", " + done.outgoing().isPlain();
        }
        case MseStep.Failed failed -> {
          return "failed: " + failed.reason();
        }
      }
    }
    return "waiting";
  }
}
