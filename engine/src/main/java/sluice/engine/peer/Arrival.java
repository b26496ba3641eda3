package sluice.engine.peer;

import sluice.engine.port.Block;

/** A requested block whose bytes are arriving into {@code memory}, on which there is one hold. */
public record Arrival(Requests.Open request, Block memory) {}
