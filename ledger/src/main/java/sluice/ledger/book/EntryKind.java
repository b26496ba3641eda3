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
  WITHDRAWAL_RETURNED
}
