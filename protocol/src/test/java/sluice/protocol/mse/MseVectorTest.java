package sluice.protocol.mse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.protocol.corpus.SharedVectors;
import sluice.protocol.digest.Hash;

/** The shared handshakes, made by an independent program, cut at every byte. */
class MseVectorTest {
  private static final Pattern OBJECT = Pattern.compile("\\{[^}]*}");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": \"?([^\",\\n]*)\"?");
  private static final byte[] PAYLOAD = "what follows the handshake".getBytes(UTF_8);

  private static List<Vector> vectors() {
    String json = new String(SharedVectors.read("own/mse_kat.json"), UTF_8);
    return OBJECT.matcher(json).results().map(MatchResult::group).map(Vector::of).toList();
  }

  @Test
  void keysAndDigests() {
    List<Vector> vectors = vectors();
    assertThat(vectors).hasSize(6);
    for (Vector v : vectors) {
      DhKey a = new DhKey(v.bytes("xa"));
      DhKey b = new DhKey(v.bytes("xb"));
      byte[] secret = v.bytes("S");
      assertThat(a.publicKey()).isEqualTo(v.bytes("Ya"));
      assertThat(b.publicKey()).isEqualTo(v.bytes("Yb"));
      assertThat(a.secret(b.publicKey())).hasValue(secret);
      assertThat(b.secret(a.publicKey())).hasValue(secret);
      assertThat(MseDigests.req1(secret)).isEqualTo(v.bytes("req1"));
      assertThat(MseDigests.xor(MseDigests.req2(v.skey()), MseDigests.req3(secret)))
          .isEqualTo(v.bytes("req2_xor_req3"));
      byte[] stream = new byte[32];
      MseDigests.initiatorCipher(secret, v.skey()).apply(stream, 0, 32);
      assertThat(stream).isEqualTo(v.bytes("keystreamA_after_1024"));
      stream = new byte[32];
      MseDigests.responderCipher(secret, v.skey()).apply(stream, 0, 32);
      assertThat(stream).isEqualTo(v.bytes("keystreamB_after_1024"));
    }
  }

  @Test
  void theInitiatorCutAtEveryByte() {
    for (Vector v : vectors()) {
      byte[] pad = pad(v);
      byte[] first = join(v.bytes("Yb"), pad);
      byte[] payload = PAYLOAD.clone();
      if (v.number("crypto_select") == 2) {
        v.cipher("keyB", v.number("padD_len")).apply(payload, 0, payload.length);
      }
      byte[] second = join(v.bytes("step4_enc"), payload);
      for (int cut = 0; cut <= Math.max(first.length, second.length); cut++) {
        MseInitiator side =
            new MseInitiator(
                v.skey(), v.provided(), v.bytes("IA"), v.chance("xa", pad, "padC_len"));
        Run run = new Run(side);
        run.begin();
        assertThat(run.sent()).isEqualTo(join(v.bytes("Ya"), pad));
        run.feed(first, cut);
        assertThat(run.sent())
            .isEqualTo(
                join(
                    v.bytes("req1"),
                    v.bytes("req2_xor_req3"),
                    v.bytes("step3_enc"),
                    v.bytes("IA_enc")));
        run.feed(second, cut);
        assertThat(run.received()).isEqualTo(PAYLOAD);
        assertThat(run.sent()).isEmpty();
        assertThat(run.outgoing().isPlain()).isEqualTo(v.number("crypto_select") == 1);
      }
    }
  }

  @Test
  void theResponderCutAtEveryByte() {
    for (Vector v : vectors()) {
      byte[] pad = pad(v);
      byte[] first = join(v.bytes("Ya"), pad);
      byte[] second =
          join(v.bytes("req1"), v.bytes("req2_xor_req3"), v.bytes("step3_enc"), v.bytes("IA_enc"));
      for (int cut = 0; cut <= Math.max(first.length, second.length); cut++) {
        SkeyIndex torrents = new SkeyIndex();
        torrents.add(Hash.sha1(pad));
        torrents.add(v.skey());
        MseResponder side = new MseResponder(torrents, v.wanted(), v.chance("xb", pad, "padD_len"));
        Run run = new Run(side);
        run.feed(first, cut);
        assertThat(run.sent()).isEqualTo(join(v.bytes("Yb"), pad));
        run.feed(second, cut);
        assertThat(run.received()).isEqualTo(v.bytes("IA"));
        assertThat(run.sent()).isEqualTo(v.bytes("step4_enc"));
        assertThat(run.outgoing().isPlain()).isEqualTo(v.number("crypto_select") == 1);
        assertThat(run.incoming().isPlain()).isEqualTo(v.number("crypto_select") == 1);
      }
    }
  }

  /** Pads are not in the vectors; any will do. */
  private static byte[] pad(Vector v) {
    SplittableRandom random = new SplittableRandom(v.bytes("xa")[3]);
    byte[] pad = new byte[random.nextInt(60)];
    random.nextBytes(pad);
    return pad;
  }

  static byte[] join(byte[]... parts) {
    ByteBuffer out = ByteBuffer.allocate(Stream.of(parts).mapToInt(p -> p.length).sum());
    Arrays.stream(parts).forEach(out::put);
    return out.array();
  }

  /** One object of the file. */
  private record Vector(Map<String, String> fields) {
    static Vector of(String json) {
      Map<String, String> fields = new HashMap<>();
      FIELD.matcher(json).results().forEach(m -> fields.put(m.group(1), m.group(2)));
      return new Vector(fields);
    }

    byte[] bytes(String name) {
      return HexFormat.of().parseHex(fields.get(name));
    }

    int number(String name) {
      return Integer.parseInt(fields.get(name));
    }

    Hash skey() {
      return Hash.of(bytes("skey"));
    }

    MseChance chance(String exponent, byte[] pad, String innerPad) {
      return new MseChance(bytes(exponent), pad, number(innerPad));
    }

    List<CryptoMethod> provided() {
      return Stream.of(CryptoMethod.values())
          .filter(m -> (m.bit() & number("crypto_provide")) != 0)
          .toList();
    }

    List<CryptoMethod> wanted() {
      return Stream.of(CryptoMethod.values())
          .filter(m -> m.bit() == number("crypto_select"))
          .toList();
    }

    /** The cipher behind verification, method, length and pad. */
    Rc4 cipher(String key, int pad) {
      Rc4 rc4 = new Rc4(bytes(key));
      rc4.apply(new byte[14 + pad], 0, 14 + pad);
      return rc4;
    }
  }
}
