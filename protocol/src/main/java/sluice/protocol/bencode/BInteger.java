package sluice.protocol.bencode;

/** A bencoded integer of 64 bits; larger ones are not read. */
public record BInteger(long value) implements BValue {}
