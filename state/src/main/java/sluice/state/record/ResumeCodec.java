package sluice.state.record;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import sluice.protocol.wire.PieceSet;
import sluice.protocol.wire.ProtocolException;

/**
 * {@link Resume} as bytes: a version, the pieces (none, all, or a bitfield as in BEP 3), the time,
 * the folder, the stamps of the files, the renamed files, in version 2 the blocks of unfinished
 * pieces, and the CRC-32C of all that. A record without such blocks is of version 1.
 */
public final class ResumeCodec {
  /** Longest record. */
  public static final int MAX_BYTES = 64 << 20;

  private static final int PLAIN = 1;
  private static final int WITH_BLOCKS = 2;
  private static final int NONE = 0;
  private static final int ALL = 1;
  private static final int SOME = 2;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MIN_STAMP_BYTES = 2;
  private static final int MIN_UNFINISHED_BYTES = 3;

  private ResumeCodec() {}

  /** The bytes of {@code resume}. */
  public static byte[] encode(Resume resume) {
    boolean plain = resume.unfinished().isEmpty();
    RecordWriter out = new RecordWriter().number(plain ? PLAIN : WITH_BLOCKS);
    PieceSet have = resume.have();
    out.number(have.size()).number(have.isEmpty() ? NONE : have.isFull() ? ALL : SOME);
    if (!have.isEmpty() && !have.isFull()) {
      out.raw(have.toWire());
    }
    out.number(resume.verifiedMillis());
    out.number(resume.root().isPresent() ? 1 : 0);
    resume.root().ifPresent(root -> out.text(root.device()).text(root.fileKey()));
    out.number(resume.stamps().size());
    resume.stamps().forEach(s -> out.number(s.sizeBytes() + 1).signed(s.modifiedNanos()));
    out.number(resume.renamed().size());
    resume.renamed().forEach(r -> out.number(r.file()).text(r.path()));
    if (!plain) {
      blocks(resume.unfinished(), out);
    }
    byte[] body = out.bytes();
    return out.raw(checksum(body, body.length)).bytes();
  }

  /**
   * The record that {@code bytes} tell.
   *
   * @throws RecordException when they are not one, or were changed
   */
  public static Resume decode(byte[] bytes) {
    int length = bytes.length - CHECKSUM_BYTES;
    if (length < 1 || bytes.length > MAX_BYTES) {
      throw new RecordException("resume record of " + bytes.length + " bytes");
    }
    RecordReader tail = new RecordReader(bytes, length, bytes.length);
    if (!java.util.Arrays.equals(tail.raw(CHECKSUM_BYTES), checksum(bytes, length))) {
      throw new RecordException("the checksum of a resume record is wrong");
    }
    return read(new RecordReader(bytes, 0, length));
  }

  private static Resume read(RecordReader in) {
    long version = in.number();
    if (version != PLAIN && version != WITH_BLOCKS) {
      throw new RecordException("resume record of an unknown version");
    }
    PieceSet have = pieces(in);
    long verifiedMillis = in.bounded(Long.MAX_VALUE);
    Optional<RootIdentity> root = Optional.empty();
    if (in.bounded(1) == 1) {
      String device = in.text(RootIdentity.MAX_CHARS);
      root = Optional.of(new RootIdentity(device, in.text(RootIdentity.MAX_CHARS)));
    }
    int stampCount = in.bounded(Math.min(FilePriorities.MAX_FILES, in.left() / MIN_STAMP_BYTES));
    List<FileStamp> stamps = new ArrayList<>(stampCount);
    for (int i = 0; i < stampCount; i++) {
      long size = in.bounded(Long.MAX_VALUE) - 1;
      stamps.add(new FileStamp(size, in.signed()));
    }
    int renamedCount = in.bounded(Math.min(FilePriorities.MAX_FILES, in.left() / MIN_STAMP_BYTES));
    List<RenamedFile> renamed = new ArrayList<>(renamedCount);
    for (int i = 0; i < renamedCount; i++) {
      int file = in.bounded(FilePriorities.MAX_FILES);
      renamed.add(new RenamedFile(file, in.text(Torrent.MAX_TEXT_CHARS)));
    }
    Map<Integer, BitSet> unfinished = version == PLAIN ? Map.of() : blocks(in, have.size());
    in.end();
    return new Resume(have, stamps, root, verifiedMillis, renamed, unfinished);
  }

  /** Of each piece in order: how many pieces after the one before, and its blocks as bits. */
  private static void blocks(Map<Integer, BitSet> unfinished, RecordWriter out) {
    out.number(unfinished.size());
    int next = 0;
    for (Map.Entry<Integer, BitSet> piece : new TreeMap<>(unfinished).entrySet()) {
      byte[] bits = piece.getValue().toByteArray();
      out.number(piece.getKey() - next).number(bits.length).raw(bits);
      next = piece.getKey() + 1;
    }
  }

  private static Map<Integer, BitSet> blocks(RecordReader in, int pieces) {
    int count = in.bounded(Math.min(pieces, in.left() / MIN_UNFINISHED_BYTES));
    if (count == 0) {
      throw new RecordException("a record with blocks has none");
    }
    Map<Integer, BitSet> unfinished = new LinkedHashMap<>();
    int next = 0;
    int left = Resume.MAX_UNFINISHED_BLOCKS;
    for (int i = 0; i < count; i++) {
      if (next >= pieces) {
        throw new RecordException("an unfinished piece behind the last");
      }
      int piece = next + in.bounded(pieces - 1 - next);
      byte[] bits = in.raw(in.bounded((left + Byte.SIZE - 1) / Byte.SIZE));
      BitSet blocks = BitSet.valueOf(bits);
      if (bits.length == 0 || bits[bits.length - 1] == 0 || blocks.length() > left) {
        throw new RecordException("blocks of an unfinished piece are none, or too many");
      }
      left -= blocks.length();
      unfinished.put(piece, blocks);
      next = piece + 1;
    }
    return unfinished;
  }

  private static PieceSet pieces(RecordReader in) {
    int size = in.bounded(Resume.MAX_PIECES);
    int kind = in.bounded(SOME);
    if (kind == NONE || kind == ALL) {
      return kind == ALL ? PieceSet.full(size) : new PieceSet(size);
    }
    try {
      return PieceSet.ofWire(in.raw(PieceSet.wireBytes(size)), size);
    } catch (ProtocolException e) {
      throw (RecordException) new RecordException("a bitfield is wrong").initCause(e);
    }
  }

  private static byte[] checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    int value = (int) crc.getValue();
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }
}
