package sluice.ledger.api;

/**
 * What is answered.
 *
 * @param status HTTP status
 * @param json body
 */
public record ApiResponse(int status, String json) {}
