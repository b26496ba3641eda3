package sluice.daemon.notice;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import sluice.client.Web;
import sluice.daemon.config.NoticeSettings;
import sluice.daemon.web.Json;
import sluice.engine.port.Http;
import sluice.engine.port.Reach;
import sluice.protocol.proxy.HostNames;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts notices to a web server of the user. The header {@code X-Sluice-Signature} is {@code t=}
 * the time in seconds, {@code ,v1=} and the HMAC-SHA256 of the time, a dot and the body: who has
 * the secret can tell that it was us, and when. Servers of this machine are asked directly, others
 * by the ways of the client.
 *
 * @param line asks others
 */
record WebhookSink(NoticeSettings.Webhook hook, Web.Line line) implements Notices.Sink {
  private static final Logger LOG = System.getLogger(WebhookSink.class.getName());
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MAX_ANSWER_BYTES = 1 << 20;
  private static final long[] PAUSES_SECONDS = {1, 5, 0};

  @Override
  public void take(Notice notice) throws InterruptedException {
    if (!hook.events().contains(notice.event())) {
      return;
    }
    ObjectNode body = Json.object().put("millis", notice.millis());
    notice.parts().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(part -> body.put(part.getKey(), part.getValue()));
    String text = new String(Json.bytes(body), StandardCharsets.UTF_8);
    for (long pause : PAUSES_SECONDS) {
      if (send(text, notice.millis() / 1_000)) {
        return;
      }
      TimeUnit.SECONDS.sleep(pause);
    }
    LOG.log(Logger.Level.WARNING, "{0} could not be told of {1}", hook.url(), notice.event());
  }

  private boolean send(String body, long seconds) throws InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "X-Sluice-Signature",
            signature(hook.secret(), seconds, bytes));
    String host = String.valueOf(hook.url().getHost());
    boolean here = HostNames.address(host).filter(InetAddress::isLoopbackAddress).isPresent();
    try {
      int status = here ? direct(bytes, headers) : elsewhere(body, headers);
      return status >= 200 && status < 300;
    } catch (IOException e) {
      LOG.log(Logger.Level.DEBUG, "not told", e);
      return false;
    }
  }

  private int elsewhere(String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return line.ask(
            new Web.Question(
                hook.url(),
                Optional.of(new Http.Upload(headers, body)),
                Reach.ANY,
                MAX_ANSWER_BYTES,
                TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS)))
        .status();
  }

  private int direct(byte[] body, Map<String, String> headers) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) hook.url().toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestMethod("POST");
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    headers.forEach(connection::setRequestProperty);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    int status = connection.getResponseCode();
    connection.disconnect();
    return status;
  }

  static String signature(String secret, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}
