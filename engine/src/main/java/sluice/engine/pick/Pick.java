package sluice.engine.pick;

/** A block to ask for. */
public record Pick(int piece, int block) {}
