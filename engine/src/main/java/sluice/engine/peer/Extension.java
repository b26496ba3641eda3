package sluice.engine.peer;

import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.MetadataMessage;
import sluice.protocol.wire.PexMessage;

/** The extensions that we speak, and the ids under which we take their messages (BEP 10). */
public enum Extension {
  /** Exchange of the info dictionary (BEP 9). */
  METADATA(MetadataMessage.EXTENSION, 1),

  /** Who else is connected (BEP 11). */
  PEX(PexMessage.EXTENSION, 2),

  /** Meetings of peers that nobody can connect to (BEP 55). */
  HOLEPUNCH(HolepunchMessage.EXTENSION, 4),

  /** Pieces that are lost (BEP 54). */
  DONT_HAVE("lt_donthave", 7);

  private final String wireName;
  private final int id;

  Extension(String wireName, int id) {
    this.wireName = wireName;
    this.id = id;
  }

  /** Its name in handshakes. */
  public String wireName() {
    return wireName;
  }

  /** The id of messages to us. */
  public int id() {
    return id;
  }
}
