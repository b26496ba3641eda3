package sluice.tron.node;

import sluice.protocol.digest.Hash;

/** A block's place and time. */
public record BlockHead(long height, Hash id, long timeMillis) {}
