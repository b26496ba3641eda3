package sluice.cli.wiring;

import java.time.Duration;
import sluice.protocol.magnet.UpdateMagnet;

/** A link that can be changed (BEP 46), and how often is looked whether it was. */
public record Following(UpdateMagnet link, Duration every) {}
