package sluice.protocol.mse;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/** The side that was connected to. Begins with the first bytes of the initiator. */
public final class MseResponder extends MseHandshake {
  private static final int FIXED_BYTES = VERIFICATION_BYTES + 4 + 2;

  private final SkeyIndex torrents;
  private final List<CryptoMethod> wanted;
  private final MseChance chance;
  private Part part = Part.KEY;
  private byte[] theirs = {};
  private byte[] secret = {};
  private Optional<Ciphers> ciphers = Optional.empty();
  private CryptoMethod method = CryptoMethod.RC4;

  private record Ciphers(Rc4 incoming, Rc4 outgoing) {}

  /** What the next field is. */
  private enum Part {
    KEY,
    TORRENT,
    OFFER,
    PAD_AND_LENGTH
  }

  /**
   * A handshake with a peer that names one of {@code torrents}.
   *
   * @param wanted what the stream may be afterwards, the best first
   */
  public MseResponder(SkeyIndex torrents, List<CryptoMethod> wanted, MseChance chance) {
    this.torrents = torrents;
    this.wanted = List.copyOf(wanted);
    this.chance = chance;
    wantField(DhKey.BYTES);
  }

  @Override
  public MseStep work() {
    DhKey key = new DhKey(chance.exponent());
    Optional<byte[]> shared = key.secret(theirs);
    if (shared.isEmpty()) {
      return failed("a key without a secret");
    }
    secret = shared.get();
    return wantMark(MseDigests.req1(secret), joined(key.publicKey(), chance.pad()));
  }

  @Override
  MseStep onMark() {
    part = Part.TORRENT;
    return wantField(DIGEST_BYTES);
  }

  @Override
  MseStep onField(byte[] field) {
    return switch (part) {
      case KEY -> {
        theirs = field;
        yield wantWork();
      }
      case TORRENT -> torrent(field);
      case OFFER -> offer(field);
      case PAD_AND_LENGTH -> initialLength(field);
    };
  }

  private MseStep torrent(byte[] field) {
    Optional<Hash> skey = torrents.find(MseDigests.xor(field, MseDigests.req3(secret)));
    if (skey.isEmpty()) {
      return failed("an unknown torrent");
    }
    ciphers =
        Optional.of(
            new Ciphers(
                MseDigests.initiatorCipher(secret, skey.get()),
                MseDigests.responderCipher(secret, skey.get())));
    part = Part.OFFER;
    return wantField(FIXED_BYTES);
  }

  private MseStep offer(byte[] field) {
    ciphers.orElseThrow().incoming().apply(field, 0, field.length);
    ByteBuffer fixed = ByteBuffer.wrap(field);
    long verification = fixed.getLong();
    Optional<CryptoMethod> chosen = CryptoMethod.choose(wanted, fixed.getInt());
    int pad = Short.toUnsignedInt(fixed.getShort());
    if (verification != 0) {
      return failed("a wrong verification");
    }
    if (chosen.isEmpty()) {
      return failed("no method that is wanted");
    }
    if (pad > MseChance.MAX_PAD_BYTES) {
      return failed("a pad of " + pad + " bytes");
    }
    method = chosen.get();
    part = Part.PAD_AND_LENGTH;
    return wantField(pad + 2);
  }

  private MseStep initialLength(byte[] field) {
    Ciphers both = ciphers.orElseThrow();
    both.incoming().apply(field, 0, field.length);
    int initial = Short.toUnsignedInt(ByteBuffer.wrap(field).getShort(field.length - 2));
    int pad = chance.innerPadBytes();
    byte[] answer =
        ByteBuffer.allocate(FIXED_BYTES + pad)
            .putInt(VERIFICATION_BYTES, method.bit())
            .putShort(VERIFICATION_BYTES + 4, (short) pad)
            .array();
    both.outgoing().apply(answer, 0, answer.length);
    return switch (method) {
      case RC4 ->
          done(
              ByteBuffer.wrap(answer),
              StreamCipher.all(both.incoming()),
              StreamCipher.all(both.outgoing()));
      case PLAIN ->
          done(
              ByteBuffer.wrap(answer),
              StreamCipher.first(both.incoming(), initial),
              StreamCipher.first(both.outgoing(), 0));
    };
  }
}
