package sluice.state.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import sluice.protocol.wire.PieceSet;
import sluice.protocol.wire.ProtocolException;

/**
 * {@link Resume} as bytes: a version, the pieces (none, all, or a bitfield as in BEP 3), the time,
 * the folder, the stamps of the files, the renamed files, and the CRC-32C of all that.
 */
public final class ResumeCodec {
  /** Longest record. */
  public static final int MAX_BYTES = 64 << 20;

  private static final int VERSION = 1;
  private static final int NONE = 0;
  private static final int ALL = 1;
  private static final int SOME = 2;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MIN_STAMP_BYTES = 2;

  private ResumeCodec() {}

  /** The bytes of {@code resume}. */
  public static byte[] encode(Resume resume) {
    RecordWriter out = new RecordWriter().number(VERSION);
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
    if (in.number() != VERSION) {
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
    in.end();
    return new Resume(have, stamps, root, verifiedMillis, renamed);
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
