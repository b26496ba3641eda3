package sluice.protocol.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * What a name server says.
 *
 * @param refused whether the server could not, or did not want to, say
 * @param addresses of the type that was asked for
 * @param texts each of the pieces that it is sent in, joined
 */
public record DnsAnswer(boolean refused, List<InetAddress> addresses, List<String> texts) {
  /** Most addresses, and most texts, that are taken. */
  public static final int MAX_RECORDS = 64;

  public DnsAnswer {
    addresses = List.copyOf(addresses);
    texts = List.copyOf(texts);
  }
}
