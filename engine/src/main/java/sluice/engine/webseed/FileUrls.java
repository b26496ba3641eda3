package sluice.engine.webseed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Urls;

/** Where a web seed has the files of a torrent (BEP 19, "url-list"). Pure. */
final class FileUrls {
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private FileUrls() {}

  /** {@code url} as given by people, ready for {@link #of}; empty if it cannot be a web seed. */
  static Optional<String> base(String url, boolean singleFile) {
    return Urls.cleaned(url)
        .map(Urls::escaped)
        .map(u -> singleFile || u.endsWith("/") ? u : u + "/")
        .filter(u -> parse(u).isPresent());
  }

  /**
   * The place of {@code file}. A single file is at the URL itself, or below it if that ends with a
   * slash; others are at their path, root folder included, below the URL.
   */
  static Optional<URI> of(String base, Info info, FileEntry file) {
    if (!info.isSingleFile()) {
      return parse(base + escaped(file.path()));
    }
    return parse(base.endsWith("/") ? base + escaped(List.of(info.name())) : base);
  }

  /** An absolute http or https URL. */
  private static Optional<URI> parse(String url) {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme());
      boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
      return web && uri.getRawAuthority() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException notUri) {
      return Optional.empty();
    }
  }

  private static String escaped(List<String> path) {
    StringBuilder out = new StringBuilder();
    for (String element : path) {
      if (!out.isEmpty()) {
        out.append('/');
      }
      for (byte b : element.getBytes(UTF_8)) {
        int c = b & 0xFF;
        boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
        if (letter || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0) {
          out.append((char) c);
        } else {
          out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
      }
    }
    return out.toString();
  }
}
