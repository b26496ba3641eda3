package sluice.protocol.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sluice.protocol.address.IpLiteral;

/** Questions and answers as bytes (RFC 1035). */
public final class DnsCodec {
  /** Longest name with its dots. */
  public static final int MAX_NAME = 253;

  private static final int MAX_LABEL = 63;
  private static final int HEADER_BYTES = 12;
  private static final int ANSWER = 0x8000;
  private static final int RECURSE = 0x0100;
  private static final int CODE = 0x000f;
  private static final int NO_SUCH_NAME = 3;
  private static final int INTERNET = 1;
  private static final int POINTER = 0xc0;
  private static final int MAX_RECORDS_READ = 256;

  /** Bytes between the name of a record and its data: type, class, time to live, length. */
  private static final int RECORD_BYTES = 10;

  private DnsCodec() {}

  /** Whether {@code name} can be asked for. */
  public static boolean isName(String name) {
    String bare = bare(name);
    return !bare.isEmpty()
        && bare.length() <= MAX_NAME
        && List.of(bare.split("\\.", -1)).stream()
            .allMatch(label -> label.length() <= MAX_LABEL && label.matches("[\\x21-\\x7e]+"));
  }

  private static String bare(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** A question. */
  public static ByteBuffer question(int id, String name, DnsType type) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + MAX_NAME + 2 + 4);
    out.putShort((short) id).putShort((short) RECURSE).putShort((short) 1);
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    for (String label : bare(name).split("\\.", -1)) {
      out.put((byte) label.length()).put(label.getBytes(ISO_8859_1));
    }
    out.put((byte) 0).putShort((short) type.code).putShort((short) INTERNET);
    return out.flip();
  }

  /** The answer to the question with these; empty for any other bytes. */
  public static Optional<DnsAnswer> answer(ByteBuffer bytes, int id, String name, DnsType type) {
    ByteBuffer in = bytes.slice();
    if (in.remaining() < HEADER_BYTES || (in.getShort() & 0xffff) != (id & 0xffff)) {
      return Optional.empty();
    }
    int flags = in.getShort();
    int questions = in.getShort();
    int records = Math.min(in.getShort() & 0xffff, MAX_RECORDS_READ);
    in.position(HEADER_BYTES);
    try {
      if ((flags & ANSWER) == 0 || questions != 1 || !isQuestion(in, name, type)) {
        return Optional.empty();
      }
      return Optional.of(records(in, records, type, isRefused(flags & CODE)));
    } catch (BufferUnderflowException cut) {
      return Optional.empty();
    }
  }

  private static boolean isQuestion(ByteBuffer in, String name, DnsType type) {
    StringBuilder asked = new StringBuilder();
    int length = in.get() & 0xff;
    while (length > 0 && length <= MAX_LABEL && asked.length() <= MAX_NAME) {
      byte[] label = new byte[length];
      in.get(label);
      asked.append(asked.isEmpty() ? "" : ".").append(new String(label, ISO_8859_1));
      length = in.get() & 0xff;
    }
    boolean same =
        asked.toString().toLowerCase(Locale.ROOT).equals(bare(name).toLowerCase(Locale.ROOT));
    return same && length == 0 && in.getShort() == type.code && in.getShort() == INTERNET;
  }

  /** That there is no such name is an answer. */
  private static boolean isRefused(int code) {
    return code != 0 && code != NO_SUCH_NAME;
  }

  /** The servers that are asked follow aliases themselves and send what these lead to. */
  private static DnsAnswer records(ByteBuffer in, int count, DnsType type, boolean refused) {
    List<InetAddress> addresses = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count && in.hasRemaining(); i++) {
      skipName(in);
      if (in.remaining() < RECORD_BYTES) {
        throw new BufferUnderflowException();
      }
      int kind = in.getShort();
      int net = in.getShort();
      in.getInt();
      byte[] data = new byte[Math.min(in.getShort() & 0xffff, in.remaining() + 1)];
      in.get(data);
      if (kind == type.code && net == INTERNET) {
        if (type == DnsType.TXT && texts.size() < DnsAnswer.MAX_RECORDS) {
          texts.add(text(data));
        } else if (addresses.size() < DnsAnswer.MAX_RECORDS && fits(type, data)) {
          IpLiteral.ofBytes(data).ifPresent(addresses::add);
        }
      }
    }
    return new DnsAnswer(refused, addresses, texts);
  }

  private static boolean fits(DnsType type, byte[] data) {
    return data.length == (type == DnsType.A ? 4 : 16);
  }

  private static void skipName(ByteBuffer in) {
    int length = in.get() & 0xff;
    while (length > 0) {
      if ((length & POINTER) == POINTER) {
        in.get();
        return;
      }
      if (length > MAX_LABEL || length > in.remaining()) {
        throw new BufferUnderflowException();
      }
      in.position(in.position() + length);
      length = in.get() & 0xff;
    }
  }

  private static String text(byte[] data) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < data.length) {
      int length = Math.min(data[at] & 0xff, data.length - at - 1);
      text.append(new String(data, at + 1, length, ISO_8859_1));
      at += 1 + length;
    }
    return text.toString();
  }
}
