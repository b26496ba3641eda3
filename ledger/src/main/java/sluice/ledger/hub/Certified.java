package sluice.ledger.hub;

import sluice.market.sign.ChannelCert;
import sluice.market.sign.PaySignature;

/** A channel and the hub's word for it. */
public record Certified(ChannelCert cert, PaySignature signature) {}
