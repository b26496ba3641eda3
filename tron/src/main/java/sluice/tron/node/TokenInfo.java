package sluice.tron.node;

/**
 * A TRC-10 token.
 *
 * @param id digits; the only thing about a token that is unique
 * @param precision how many decimals a whole one has
 */
public record TokenInfo(String id, String name, int precision, long supply) {}
