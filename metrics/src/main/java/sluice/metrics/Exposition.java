package sluice.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Metrics as they are sent: in the text format of OpenMetrics 1.0 to who accepts it, to all others
 * in that of Prometheus 0.0.4. A metric without a sample is left out.
 *
 * @param type media type of the body
 * @param body metrics in the order of their names
 */
public record Exposition(String type, String body) {
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();

  /**
   * Writes {@code metrics}.
   *
   * @param accept the header of the request; empty if there is none
   */
  public static Exposition of(String accept, MetricSnapshots metrics) {
    ExpositionFormatWriter openMetrics = FORMATS.getOpenMetricsTextFormatWriter();
    ExpositionFormatWriter writer =
        openMetrics.accepts(accept) ? openMetrics : FORMATS.getPrometheusTextFormatWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return new Exposition(writer.getContentType(), out.toString(UTF_8));
  }
}
