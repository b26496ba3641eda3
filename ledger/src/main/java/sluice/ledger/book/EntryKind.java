package sluice.ledger.book;

/** What happened. */
public enum EntryKind {
  DEPOSIT,
  CHANNEL_OPENED,
  CHANNEL_TOPPED_UP,
  REDEEMED,
  CHANNEL_REFUNDED,
  WITHDRAWAL_REQUESTED,
  WITHDRAWAL_PAID,
  WITHDRAWAL_RETURNED,
  /** Books and chain differed, and the operator has made the books say what the chain says. */
  DIFFERENCE_ACCEPTED,
  /** The operator has given a deposit in suspense to its owner. */
  SUSPENSE_CREDITED
}
