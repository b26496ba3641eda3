package sluice.engine.announce;

/** The address of a tracker as logs and people see it, without what may be secret. */
public final class ShownUrl {
  private ShownUrl() {}

  /** {@code url} so; as it is if it is no address of a tracker. */
  public static String of(String url) {
    return TrackerUrl.parse(url).map(TrackerUrl::redacted).orElse(url);
  }
}
