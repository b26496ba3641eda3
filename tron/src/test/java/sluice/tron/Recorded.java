package sluice.tron;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Response.TransactionReturn;
import sluice.market.sign.PayKey;
import sluice.protocol.digest.Hash;

/** What nodes of two private chains, of one and of 27 producers, were asked and answered. */
public final class Recorded {
  public static final List<String> CHAINS = List.of("w1", "w27");
  public static final String TOKEN = "1000001";

  private static final Map<String, byte[]> MESSAGES = read();

  private Recorded() {}

  private static Map<String, byte[]> read() {
    Map<String, byte[]> messages = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(Recorded.class.getResourceAsStream("recorded.txt"))) {
      for (String line : new String(in.readAllBytes(), US_ASCII).lines().toList()) {
        String[] parts = line.split(" ", -1);
        messages.put(parts[0] + " " + parts[1], HexFormat.of().parseHex(parts[2]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }

  /** Names of all messages of a chain. */
  public static List<String> names(String chain) {
    return MESSAGES.keySet().stream()
        .filter(name -> name.startsWith(chain + " "))
        .map(name -> name.substring(chain.length() + 1))
        .toList();
  }

  /** The bytes of a message. */
  public static byte[] bytes(String chain, String name) {
    return Objects.requireNonNull(MESSAGES.get(chain + " " + name), chain + " " + name).clone();
  }

  /** Cases of transactions that were sent, with what was sent. */
  public static Map<String, Transaction> requests(String chain)
      throws InvalidProtocolBufferException {
    Map<String, Transaction> requests = new LinkedHashMap<>();
    for (String name : names(chain)) {
      if (name.startsWith("bcast_") && name.endsWith("_req")) {
        String which = name.substring("bcast_".length(), name.length() - "_req".length());
        requests.put(which, Transaction.parseFrom(bytes(chain, name)));
      }
    }
    return requests;
  }

  /** What was answered to a case. */
  public static TransactionReturn answer(String chain, String which)
      throws InvalidProtocolBufferException {
    return TransactionReturn.parseFrom(bytes(chain, "bcast_" + which + "_ret"));
  }

  /** A key of those chains. */
  public static PayKey key(String name) {
    return PayKey.of(Hash.sha256(("tron-private-chain/" + name).getBytes(UTF_8)).bytes())
        .orElseThrow();
  }
}
