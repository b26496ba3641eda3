package sluice.market.trade;

/** What a seller needs. */
public record Selling(SellTerms terms, Till till) {}
