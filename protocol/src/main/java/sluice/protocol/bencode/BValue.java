package sluice.protocol.bencode;

/** A bencoded value: an integer, a byte string, a list or a dictionary. Immutable. */
public sealed interface BValue permits BInteger, BString, BList, BDictionary {}
