package sluice.market.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.market.money.Price;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.ProtocolException;

class PayCodecTest {
  private static final Hash HUB = Keccak.of(new byte[] {1});
  private static final Hash CHANNEL = Keccak.of(new byte[] {2});
  private static final PayAddress PAYEE = PayAddress.of(new byte[20]);
  private static final PaySignature SIGNATURE = PayKey.of(HUB.bytes()).orElseThrow().sign(CHANNEL);
  private static final String C = "1:c32:cccccccccccccccccccccccccccccccc";

  static List<PayMessage> messages() {
    return List.of(
        new PayMessage.Bid(3, new Price(9), 0, 300, "tron:1/trc10:2", HUB),
        new PayMessage.Bid(4, new Price(9), 77, 0, "", HUB),
        new PayMessage.Award(
            3, 1, new Price(8), 15, 16_384, PAYEE, HUB, 8, Optional.of(BString.of("x"))),
        new PayMessage.Award(3, 1, Price.FREE, 0, 0, PAYEE, HUB, 8, Optional.empty()),
        new PayMessage.Open(new ChannelCert(CHANNEL, PAYEE, PAYEE, HUB, 1, 2, 3, 4), SIGNATURE),
        new PayMessage.Pay(new Voucher(CHANNEL, Long.MAX_VALUE), SIGNATURE, OptionalLong.of(1)),
        new PayMessage.Pay(new Voucher(CHANNEL, 0), SIGNATURE, OptionalLong.empty()),
        new PayMessage.Ack(CHANNEL, 5, 32_768),
        new PayMessage.Need(CHANNEL, 5, 32_768, 5_000),
        new PayMessage.Done(1, PayMessage.End.TIMEOUT),
        new PayMessage.Fault(PayMessage.FaultCode.RATE_LIMITED, "slow down"),
        new PayMessage.Unknown(64));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsWrittenIsRead(PayMessage message) {
    byte[] bytes = PayCodec.encode(message);
    assertThat(bytes.length).isLessThan(PayCodec.MAX_BYTES);
    assertThat(PayCodec.decode(ByteBuffer.wrap(bytes))).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "i1e",
        "le",
        "de",
        "d1:ti-1ee",
        "d1:t1:0e",
        "d1:ti00ee",
        "d1:ti9223372036854775808ee",
        "d1:ti6e1:ai1ee", // unsorted
        "d1:ti6ee",
        "d1:ii1e1:ti6e1:yi6ee",
        "d1:ii-1e1:ti6e1:yi0ee",
        "d1:ti7e1:yi0ee",
        "d1:ti7e1:yi10ee",
        "d1:ti7e1:yi1eex",
        "d" + C + "1:mi-1e1:ti4e1:wi0ee",
        "d" + C + "1:mi0e1:ti4ee",
        "d1:c31:ccccccccccccccccccccccccccccccc1:mi0e1:ti4e1:wi0ee",
        "d1:bi0e" + C + "1:di0e1:gi600001e1:ti5ee",
        "d1:a0:1:h32:hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh1:ni0e1:ri0e1:ti0e1:xi301ee",
        "d1:a0:1:h3:hhh1:ni0e1:ri0e1:ti0e1:xi1ee",
        "d1:ai1e1:h32:hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh1:ni0e1:ri0e1:ti0e1:xi1ee",
        "d" + C + "1:e3:abc1:s1:x1:ti2ee",
      })
  void whatIsNoMessageIsAViolation(String text) {
    assertThatThrownBy(() -> PayCodec.decode(ByteBuffer.wrap(text.getBytes(ISO_8859_1))))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("bwpay");
  }

  @Test
  void unknownKeysArePassedOver() {
    byte[] bytes = "d1:ii1e1:ti6e1:yi0e1:zi5ee".getBytes(ISO_8859_1);
    assertThat(PayCodec.decode(ByteBuffer.wrap(bytes)))
        .isEqualTo(new PayMessage.Done(1, PayMessage.End.NORMAL));
  }

  @Test
  void whatIsTooLongIsNotRead() {
    assertThatThrownBy(() -> PayCodec.decode(ByteBuffer.allocate(4_097)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("4097");
    String text =
        "d1:a257:" + "a".repeat(257) + "1:h32:" + "h".repeat(32) + "1:ni0e1:ri0e1:ti0e1:xi1ee";
    assertThatThrownBy(() -> PayCodec.decode(ByteBuffer.wrap(text.getBytes(ISO_8859_1))))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("longer");
  }

  @Test
  void changedBytesAreAMessageOrAViolation() {
    long seed = 20_261_126;
    SplittableRandom random = new SplittableRandom(seed);
    List<PayMessage> messages = messages();
    int read = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] bytes = PayCodec.encode(messages.get(random.nextInt(messages.size())));
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        PayMessage message = PayCodec.decode(ByteBuffer.wrap(bytes));
        assertThat(PayCodec.decode(ByteBuffer.wrap(PayCodec.encode(message))))
            .as("seed %d, run %d", seed, i)
            .isEqualTo(message);
        read++;
      } catch (ProtocolException e) {
        assertThat(e).as("seed %d, run %d", seed, i).hasMessageContaining("bwpay");
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void whatAPeerTellsOfItself() {
    PayOffer offer =
        new PayOffer(List.of("tron:1"), Optional.of(new Price(5)), List.of(HUB), 3, 1 << 20);
    assertThat(PayOffer.decode(offer.encode())).contains(offer);
    assertThat(offer.pays()).isTrue();
    assertThat(offer.sells()).isTrue();
    PayOffer buyer = new PayOffer(List.of(), Optional.empty(), List.of(), 1, 0);
    assertThat(PayOffer.decode(buyer.encode())).contains(buyer);
    assertThat(buyer.sells()).isFalse();
  }
}
