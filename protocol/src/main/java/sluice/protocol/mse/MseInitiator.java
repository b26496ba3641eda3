package sluice.protocol.mse;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/** The side that connected. Begins with {@link #work}. */
public final class MseInitiator extends MseHandshake {
  private static final int MAX_INITIAL_BYTES = 0xffff;
  private static final int FIXED_BYTES = 4 + 2;

  private final Hash skey;
  private final List<CryptoMethod> offered;
  private final byte[] initial;
  private final MseChance chance;
  private final DhKey key;
  private byte[] theirs = {};
  private Optional<Ciphers> ciphers = Optional.empty();
  private Optional<CryptoMethod> method = Optional.empty();

  private record Ciphers(Rc4 incoming, Rc4 outgoing) {}

  /**
   * A handshake for the torrent {@code skey}, an info-hash of 20 bytes.
   *
   * @param offered what the stream may be afterwards
   * @param initial what the stream begins with, at most 65,535 bytes; it is always encrypted
   */
  public MseInitiator(Hash skey, List<CryptoMethod> offered, byte[] initial, MseChance chance) {
    if (initial.length > MAX_INITIAL_BYTES) {
      throw new IllegalArgumentException("an initial payload of " + initial.length + " bytes");
    }
    this.skey = skey;
    this.offered = List.copyOf(offered);
    this.initial = initial.clone();
    this.chance = chance;
    this.key = new DhKey(chance.exponent());
  }

  @Override
  public MseStep work() {
    if (theirs.length == 0) {
      wantField(DhKey.BYTES);
      return new MseStep.Continue(joined(key.publicKey(), chance.pad()));
    }
    return key.secret(theirs).map(this::ask).orElseGet(() -> failed("a key without a secret"));
  }

  private MseStep ask(byte[] secret) {
    Rc4 outgoing = MseDigests.initiatorCipher(secret, skey);
    Rc4 incoming = MseDigests.responderCipher(secret, skey);
    ciphers = Optional.of(new Ciphers(incoming, outgoing));
    int pad = chance.innerPadBytes();
    byte[] hidden =
        ByteBuffer.allocate(VERIFICATION_BYTES + FIXED_BYTES + pad + 2 + initial.length)
            .putInt(VERIFICATION_BYTES, CryptoMethod.bits(offered))
            .putShort(VERIFICATION_BYTES + 4, (short) pad)
            .putShort(VERIFICATION_BYTES + FIXED_BYTES + pad, (short) initial.length)
            .put(VERIFICATION_BYTES + FIXED_BYTES + pad + 2, initial)
            .array();
    outgoing.apply(hidden, 0, hidden.length);
    byte[] verification = new byte[VERIFICATION_BYTES];
    incoming.apply(verification, 0, VERIFICATION_BYTES);
    byte[] torrent = MseDigests.xor(MseDigests.req2(skey), MseDigests.req3(secret));
    return wantMark(verification, joined(MseDigests.req1(secret), torrent, hidden));
  }

  @Override
  MseStep onMark() {
    return wantField(FIXED_BYTES);
  }

  @Override
  MseStep onField(byte[] field) {
    if (theirs.length == 0) {
      theirs = field;
      return wantWork();
    }
    Ciphers both = ciphers.orElseThrow();
    both.incoming().apply(field, 0, field.length);
    if (method.isPresent()) {
      return done(both, method.get());
    }
    ByteBuffer fixed = ByteBuffer.wrap(field);
    int selected = fixed.getInt();
    int pad = Short.toUnsignedInt(fixed.getShort());
    method = CryptoMethod.selected(offered, selected);
    if (method.isEmpty()) {
      return failed("a method that was not offered: " + selected);
    }
    if (pad > MseChance.MAX_PAD_BYTES) {
      return failed("a pad of " + pad + " bytes");
    }
    return pad == 0 ? done(both, method.get()) : wantField(pad);
  }

  private MseStep done(Ciphers both, CryptoMethod chosen) {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    return switch (chosen) {
      case RC4 ->
          done(nothing, StreamCipher.all(both.incoming()), StreamCipher.all(both.outgoing()));
      case PLAIN ->
          done(
              nothing,
              StreamCipher.first(both.incoming(), 0),
              StreamCipher.first(both.outgoing(), 0));
    };
  }
}
