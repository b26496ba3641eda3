package sluice.engine.webseed;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.engine.pick.Stretch;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.engine.port.Reach;
import sluice.engine.webseed.WebSeed.Place;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.PieceLayout.Span;

/**
 * One stretch on its way from a web seed: a request for each file that it covers, one after the
 * other; what lies between files is zeroes. Loop only.
 */
final class Fetch implements Http.Receiver {
  private static final int MAX_REDIRECTS = 5;
  private static final long CONNECT_NANOS = 15_000_000_000L;
  private static final long STALL_NANOS = 20_000_000_000L;

  private final WebSeeds.Parts parts;
  private final WebSeed seed;
  private final Stretch stretch;
  private final Owner owner;
  private final Filler filler;
  private final List<Span> spans;
  private final long base;
  private final long startNanos;
  private Http.@Nullable Download download;
  private long progressNanos;
  private int next;
  private int redirects;

  /** Where the file of the request that runs is asked for. */
  private @Nullable Place place;

  private boolean paused;
  private boolean over;

  /** Who started it. */
  interface Owner {
    /** It has ended: all has come, or the rest was given up. */
    void onOver(Fetch fetch);

    /** The server asks to wait {@code nanos}, or for a while of our choice if that is negative. */
    void onBusy(WebSeed seed, String message, long nanos);

    /** The server has not got the file. */
    void onLacking(WebSeed seed, int file, String message);
  }

  Fetch(WebSeeds.Parts parts, WebSeed seed, Stretch stretch, Owner owner) {
    this.parts = parts;
    this.seed = seed;
    this.stretch = stretch;
    this.owner = owner;
    PieceLayout layout = parts.info().layout();
    this.filler =
        new Filler(layout, parts.picker(), parts.budget(), parts.taker(), seed.sender(), stretch);
    int first = stretch.pieces().getFirst().piece();
    int last = stretch.pieces().getLast().piece();
    int begin = stretch.firstBlock() * PieceLayout.BLOCK;
    this.base = (long) first * layout.pieceLength() + begin;
    long end =
        (long) last * layout.pieceLength()
            + Math.min((long) stretch.endBlock() * PieceLayout.BLOCK, layout.pieceDataSize(last));
    this.spans = layout.spans(first, begin, Math.toIntExact(end - base));
    this.startNanos = parts.loop().now();
    this.progressNanos = startNanos;
  }

  WebSeed seed() {
    return seed;
  }

  /** Whether it fetches blocks of {@code piece}. */
  boolean covers(int piece) {
    return piece >= stretch.pieces().getFirst().piece()
        && piece <= stretch.pieces().getLast().piece();
  }

  /** Whether bytes of {@code file} have to come. */
  boolean needs(int file) {
    return spans.stream().skip(next).anyMatch(s -> s.file() == file);
  }

  /** Goes on, if it can. */
  void drive() {
    while (!over && download == null) {
      if (filler.isDone()) {
        seed.ran(parts.loop().now() - startNanos);
        end();
        return;
      }
      long target = next < spans.size() ? base + spans.get(next).at() : Long.MAX_VALUE;
      if (filler.position() >= target) {
        ask(spans.get(next));
      } else if (!filler.zeroTo(target)) {
        pause();
        return;
      }
    }
  }

  private void ask(Span span) {
    Place at = place != null ? place : seed.place(span.file()).orElse(null);
    if (at == null) {
      lack(span, "may not be asked for");
      return;
    }
    place = at;
    progressNanos = parts.loop().now();
    download =
        parts
            .http()
            .download(
                new Http.Range(
                    at.uri(),
                    parts.local(),
                    at.publicOnly() ? Reach.PUBLIC : parts.guard().webSeed(at.uri()),
                    from(span),
                    span.fileOffset() + span.length(),
                    CONNECT_NANOS),
                this);
  }

  /** The first byte in the file that has not come. */
  private long from(Span span) {
    return span.fileOffset() + filler.position() - base - span.at();
  }

  /** Bytes of {@code span} that have not come. */
  private long left(Span span) {
    return filler.isDone() ? 0 : Math.max(0, base + span.at() + span.length() - filler.position());
  }

  @Override
  public void onAnswer(Http.Answer answer) {
    Span span = spans.get(next);
    progressNanos = parts.loop().now();
    switch (answer) {
      case Http.Answer.Part part -> check(span, part);
      case Http.Answer.Moved(URI uri, boolean byPublic) -> follow(span, uri, byPublic);
      case Http.Answer.Refused refused -> refused(span, refused);
    }
  }

  private void check(Span span, Http.Answer.Part part) {
    long length = parts.info().files().get(span.file()).length();
    if (part.total().orElse(length) != length) {
      lack(span, "has " + part.total().getAsLong() + " bytes there, not " + length);
    } else if (part.from() != from(span)) {
      lack(span, "is sent as a whole only");
    } else if (part.to() < span.fileOffset() + span.length()) {
      lack(span, "ends early");
    } else {
      redirects = 0;
    }
  }

  private void follow(Span span, URI uri, boolean byPublic) {
    download = null;
    Place from = place;
    boolean down =
        from != null
            && "https".equalsIgnoreCase(from.uri().getScheme())
            && !"https".equalsIgnoreCase(uri.getScheme());
    if (++redirects > MAX_REDIRECTS) {
      lack(span, "is behind more than " + MAX_REDIRECTS + " redirects");
    } else if (down) {
      lack(span, "is redirected from https to http");
    } else {
      boolean inward = parts.guard() == UrlGuard.OFF;
      place = new Place(uri, !inward && (byPublic || (from != null && from.publicOnly())));
      seed.moved(span.file(), place);
      drive();
    }
  }

  private void refused(Span span, Http.Answer.Refused refused) {
    download = null;
    int status = refused.status();
    if (status == 429 || status >= 500) {
      giveUp();
      owner.onBusy(seed, "the server answers " + status, refused.retryNanos().orElse(-1));
    } else if (redirects == 0 && seed.movedBack(span.file())) {
      place = null;
      drive();
    } else if (refused.total().isPresent()) {
      lack(span, "has " + refused.total().getAsLong() + " bytes there");
    } else {
      lack(span, "is not there: the server answers " + status);
    }
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    long now = parts.loop().now();
    Span span = spans.get(next);
    long may = Math.min(parts.down().available(now), left(span));
    int limit = bytes.limit();
    int before = bytes.position();
    bytes.limit((int) Math.min(limit, before + may));
    filler.fill(bytes);
    int taken = bytes.position() - before;
    bytes.limit(limit);
    if (over) {
      return;
    }
    if (taken > 0) {
      progressNanos = now;
      parts.down().take(taken, now);
      seed.works();
    }
    if (left(span) == 0 && bytes.hasRemaining()) {
      closeDownload();
      endSpan();
    } else if (bytes.hasRemaining()) {
      pause();
    }
  }

  private void pause() {
    paused = true;
    if (download != null) {
      download.reading(false);
    }
    parts.taker().onMemoryShort();
  }

  @Override
  public void onEnd() {
    download = null;
    Span span = spans.get(next);
    if (left(span) > 0) {
      lack(span, "ends early");
    } else {
      endSpan();
    }
  }

  private void endSpan() {
    next++;
    place = null;
    drive();
  }

  @Override
  public void onFault(Fault fault) {
    download = null;
    if (fault.kind() == Fault.Kind.BAD_ANSWER) {
      lack(spans.get(next), "cannot be read: " + fault.detail());
    } else {
      giveUp();
      owner.onBusy(seed, fault.detail(), -1);
    }
  }

  private void lack(Span span, String message) {
    giveUp();
    String path = String.join("/", parts.info().files().get(span.file()).path());
    owner.onLacking(seed, span.file(), path + " " + message);
  }

  /** A tenth of a second has passed: goes on after a pause, or gives up after a long silence. */
  void pump(long now) {
    if (paused && parts.down().available(now) > 0) {
      paused = false;
      progressNanos = now;
      if (download != null) {
        download.reading(true);
      } else {
        drive();
      }
    } else if (!paused && download != null && now - progressNanos > STALL_NANOS) {
      giveUp();
      owner.onBusy(seed, "nothing came for " + STALL_NANOS / 1_000_000_000L + " s", -1);
    }
  }

  /** A block came otherwise: ends if nothing is left to fetch. */
  void prune() {
    if (!over && !filler.isWanted()) {
      giveUp();
    }
  }

  /** Ends it; what has not come may be asked of others. */
  void giveUp() {
    closeDownload();
    filler.release();
    parts.picker().share(seed.sender());
    end();
  }

  private void closeDownload() {
    if (download != null) {
      download.close();
      download = null;
    }
  }

  private void end() {
    if (!over) {
      over = true;
      owner.onOver(this);
    }
  }
}
