package sluice.market.trade;

/** What a buyer needs. */
public record Buying(BuyTerms terms, Purse purse) {}
