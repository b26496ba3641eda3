package sluice.ledger.hub;

/**
 * What a member has.
 *
 * @param availableMicros may be spent
 * @param lockedMicros deposits of its channels as payer that are neither paid nor refunded
 * @param withdrawingMicros is on its way out
 */
public record Balance(long availableMicros, long lockedMicros, long withdrawingMicros) {}
