package sluice.protocol.corpus;

import java.util.function.Function;

/**
 * A parser of foreign bytes, as corpus and fuzz targets drive it.
 *
 * @param name how corpus rows call it
 * @param refusal the only exception that may come out
 * @param reason names the cause of a refusal
 * @param read reads an input; what it gives back checks the result and is not measured
 */
public record CorpusReader(
    String name,
    Class<? extends Exception> refusal,
    Function<Exception, String> reason,
    Read read) {

  /** Reads one input. */
  @FunctionalInterface
  public interface Read {
    /** Gives a check of what was read, or throws if the input was refused. */
    Runnable read(byte[] input) throws Exception;
  }

  /** Reads one input, and has nothing to check. */
  @FunctionalInterface
  public interface Body {
    /** Returns if the input was taken, throws if it was refused. */
    void read(byte[] input) throws Exception;
  }

  /** A reader whose refusals have no named reasons. */
  public static CorpusReader of(String name, Class<? extends Exception> refusal, Body body) {
    return new CorpusReader(
        name,
        refusal,
        e -> "",
        input -> {
          body.read(input);
          return () -> {};
        });
  }
}
