package sluice.protocol.wire;

import java.util.Map;

/**
 * What peer ids tell about programs (BEP 20), for display. Everybody may claim anything, so nothing
 * is decided by it.
 */
public final class PeerIds {
  private static final int MAX_SHOWN = 8;

  private static final Map<String, String> AZUREUS =
      Map.ofEntries(
          Map.entry("AG", "Ares"),
          Map.entry("AZ", "Vuze"),
          Map.entry("BC", "BitComet"),
          Map.entry("BI", "BiglyBT"),
          Map.entry("BT", "BitTorrent"),
          Map.entry("DE", "Deluge"),
          Map.entry("FD", "Free Download Manager"),
          Map.entry("FL", "Folx"),
          Map.entry("GT", "anacrolix/torrent"),
          Map.entry("KT", "KTorrent"),
          Map.entry("LT", "libtorrent"),
          Map.entry("MO", "MonoTorrent"),
          Map.entry("PI", "PicoTorrent"),
          Map.entry("RN", "rain"),
          Map.entry("SL", "Sluice"),
          Map.entry("TR", "Transmission"),
          Map.entry("TX", "Tixati"),
          Map.entry("UM", "µTorrent Mac"),
          Map.entry("UT", "µTorrent"),
          Map.entry("UW", "µTorrent Web"),
          Map.entry("WW", "WebTorrent"),
          Map.entry("XL", "Xunlei"),
          Map.entry("lt", "rTorrent"),
          Map.entry("qB", "qBittorrent"),
          Map.entry("rQ", "rqbit"));

  private PeerIds() {}

  /** Name and version such as {@code qBittorrent 4.6.2}, or the first characters of the id. */
  public static String client(PeerId id) {
    String text = id.toString();
    if (text.charAt(0) == '-' && text.charAt(7) == '-') {
      String code = text.substring(1, 3);
      return AZUREUS.getOrDefault(code, code) + " " + version(code, text.substring(3, 7));
    }
    if (text.startsWith("A2-")) {
      return dashed("aria2", text);
    }
    if (text.charAt(0) == 'M' && isDigit(text.charAt(1)) && text.charAt(2) == '-') {
      return dashed("BitTorrent", "M-" + text.substring(1));
    }
    return text.substring(0, MAX_SHOWN);
  }

  /** Four digits of a base of 36 or more; zeroes at the end are left out beyond the second. */
  private static String version(String code, String digits) {
    int[] part = new int[4];
    for (int i = 0; i < 4; i++) {
      part[i] = digit(digits.charAt(i));
      if (part[i] < 0) {
        return digits;
      }
    }
    if (code.equals("TR") && part[0] < 4) {
      return part[0] + "." + part[1] + part[2];
    }
    String text = part[0] + "." + part[1];
    if (part[2] != 0 || part[3] != 0) {
      text += "." + part[2];
    }
    return part[3] == 0 || code.equals("TR") ? text : text + "." + part[3];
  }

  /** {@code A2-1-37-0-…}: numbers between dashes. */
  private static String dashed(String name, String text) {
    StringBuilder version = new StringBuilder();
    for (String part : text.substring(text.indexOf('-') + 1).split("-", -1)) {
      if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> isDigit((char) c))) {
        break;
      }
      version.append(version.isEmpty() ? "" : ".").append(part);
    }
    return version.isEmpty() ? name : name + " " + version;
  }

  private static int digit(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'z' ? c - 'a' + 36 : -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
