package sluice.tracker.service;

/** Whether an announce or scrape is answered; if not, with the text that the client is told. */
public enum Verdict {
  ADMITTED(""),
  TORRENT_NOT_LISTED("torrent not allowed on this tracker"),
  /** It may be served another time. */
  TORRENT_NOT_HERE("torrent not served here"),
  TORRENT_DENIED("torrent not served"),
  PASSKEY_MISSING("passkey missing"),
  PASSKEY_UNKNOWN("unknown passkey"),
  CLIENT_REFUSED("client not allowed on this tracker"),
  TOO_MANY("too many requests");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** For people; nothing for {@link #ADMITTED}. */
  public String text() {
    return text;
  }
}
