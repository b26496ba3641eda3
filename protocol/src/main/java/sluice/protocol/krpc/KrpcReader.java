package sluice.protocol.krpc;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;

/**
 * Reads datagrams of the DHT. Keys may come in any order, as some programs send them so, and
 * unknown ones are skipped; a known key with a value of another type or length refuses the message.
 */
public final class KrpcReader {
  /** Longest datagram that is read. */
  public static final int MAX_BYTES = 4_096;

  private static final BencodeLimits LIMITS = new BencodeLimits(MAX_BYTES, 70, 2_000);
  private static final int MAX_MESSAGE_CHARS = 256;
  private static final int PORT_BYTES = 2;

  private KrpcReader() {}

  /** The message in {@code datagram}, which must not change. */
  public static KrpcMessage read(byte[] datagram) throws KrpcException {
    BDictionary all = parse(datagram);
    BString transaction =
        all.string("t")
            .filter(t -> t.length() <= KrpcMessage.MAX_TRANSACTION_BYTES)
            .orElseThrow(() -> refuse("no transaction", Optional.empty()));
    BString kind = all.string("y").orElseThrow(() -> refuse("no kind", Optional.empty()));
    if (kind.is("q")) {
      return query(all, transaction);
    }
    if (kind.is("r")) {
      return reply(all, transaction);
    }
    if (kind.is("e")) {
      return failure(all, transaction);
    }
    throw refuse("another kind", Optional.empty());
  }

  private static BDictionary parse(byte[] datagram) throws KrpcException {
    try {
      return Bencode.parseLenient(datagram, LIMITS).value() instanceof BDictionary d
          ? d
          : BDictionary.builder().build();
    } catch (BencodeException e) {
      throw refuse(String.valueOf(e.getMessage()), Optional.empty());
    }
  }

  private static KrpcMessage query(BDictionary all, BString transaction) throws KrpcException {
    Fields top = new Fields(all, Optional.of(transaction));
    BString method = top.string("q");
    Fields a = top.fields("a");
    NodeId id = a.id("id");
    boolean readOnly = top.flag("ro");
    return new KrpcMessage.Query(transaction, id, readOnly, QueryReader.read(method, a));
  }

  private static KrpcMessage reply(BDictionary all, BString transaction) throws KrpcException {
    Fields top = new Fields(all, Optional.empty());
    Fields r = top.fields("r");
    NodeId id = r.id("id");
    DhtReply reply = ReplyReader.read(r);
    return new KrpcMessage.Reply(transaction, id, seen(top.optional("ip")), reply);
  }

  private static KrpcMessage failure(BDictionary all, BString transaction) throws KrpcException {
    List<BValue> items =
        all.list("e").orElseThrow(() -> refuse("no error", Optional.empty())).items();
    if (items.isEmpty() || !(items.getFirst() instanceof BInteger(long code))) {
      throw refuse("no error code", Optional.empty());
    }
    String message = items.size() > 1 && items.get(1) instanceof BString s ? s.utf8() : "";
    int end = Math.min(message.length(), MAX_MESSAGE_CHARS);
    return new KrpcMessage.Failure(
        transaction, Math.clamp(code, 0, Integer.MAX_VALUE), message.substring(0, end));
  }

  /** An address with a port (BEP 42); some programs send it without. */
  private static Optional<Endpoint> seen(Optional<BString> ip) {
    if (ip.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = ip.get().bytes();
    Optional<InetAddress> whole = IpLiteral.ofBytes(bytes);
    if (whole.isPresent() || bytes.length < PORT_BYTES) {
      return whole.map(address -> new Endpoint(address, 0));
    }
    int at = bytes.length - PORT_BYTES;
    int port = (bytes[at] & 0xff) << Byte.SIZE | (bytes[at + 1] & 0xff);
    return IpLiteral.ofBytes(Arrays.copyOf(bytes, at)).map(address -> new Endpoint(address, port));
  }

  private static KrpcException refuse(String message, Optional<BString> query) {
    return new KrpcException(message, KrpcError.PROTOCOL, query);
  }

  /** The entries of a dictionary, each of its right type or refused. */
  record Fields(BDictionary from, Optional<BString> query) {
    KrpcException refuse(String message) {
      return refuse(message, KrpcError.PROTOCOL);
    }

    KrpcException refuse(String message, int code) {
      return new KrpcException(message, code, query);
    }

    Fields fields(String key) throws KrpcException {
      return new Fields(from.dictionary(key).orElseThrow(() -> refuse("no " + key)), query);
    }

    BString string(String key) throws KrpcException {
      return from.string(key).orElseThrow(() -> refuse("no " + key));
    }

    Optional<BString> optional(String key) throws KrpcException {
      return from.get(key).isPresent() ? Optional.of(string(key)) : Optional.empty();
    }

    BString string(String key, int bytes) throws KrpcException {
      BString found = string(key);
      if (found.length() != bytes) {
        throw refuse(key + " has " + found.length() + " bytes");
      }
      return found;
    }

    OptionalLong integer(String key) throws KrpcException {
      OptionalLong found = from.integer(key);
      if (found.isEmpty() && from.get(key).isPresent()) {
        throw refuse(key + " is not a number");
      }
      return found;
    }

    NodeId id(String key) throws KrpcException {
      return NodeId.read(string(key, NodeId.BYTES).view());
    }

    boolean flag(String key) throws KrpcException {
      return integer(key).orElse(0) != 0;
    }
  }
}
