package sluice.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.ExitCode;
import sluice.cli.transfer.Transfer;
import sluice.cli.wiring.Updates;
import sluice.protocol.magnet.UpdateMagnet;

/**
 * Follows a link that can be changed (BEP 46): when it leads to another torrent, that one takes the
 * place of the one before, in the same folder, so that only what differs is fetched.
 */
final class Watching {
  private final OptionSpec watch =
      Syntax.option(
              Duration.class,
              "--watch",
              "T",
              "Of a link that can be changed (magnet:?xs=urn:btpk:...): look each T (such as 30m)"
                  + " for a newer torrent, fetch what is different in it, and go on seeding.")
          .converters(Converters::time)
          .build();

  /** Makes one transfer of a torrent. */
  interface Work {
    /** The transfer of {@code name}, to be run. */
    Running of(String name) throws IOException, InterruptedException;
  }

  /** A transfer that can be run and stopped. */
  record Running(Transfer transfer, Run run) {}

  /** Runs to the end. */
  interface Run {
    ExitCode call() throws InterruptedException;
  }

  /** Makes it an option of {@code command}. */
  void addTo(CommandSpec command) {
    command.addOption(watch);
  }

  /** How often is looked, if that is wanted. */
  Optional<Duration> every() {
    return Optional.ofNullable(watch.getValue());
  }

  /** The link; there must be one, and nothing else. */
  UpdateMagnet link(CommandSpec command, List<String> names, boolean keepsState) {
    Optional<UpdateMagnet> link =
        names.size() == 1 ? UpdateMagnet.parse(names.getFirst()) : Optional.empty();
    if (keepsState) {
      throw new ParameterException(command.commandLine(), "--watch and --state do not go together");
    }
    return link.orElseThrow(() ->
        new ParameterException(
            command.commandLine(), "--watch needs one link of the form magnet:?xs=urn:btpk:KEY"));
  }

  /** Works on each version in turn, until one is stopped from outside. */
  ExitCode run(UpdateMagnet link, Updates updates, Work work)
      throws IOException, InterruptedException {
    Duration every = every().orElseThrow();
    Updates.Version version = updates.look(link);
    while (true) {
      Running running = work.of(version.magnet());
      AtomicReference<Updates.Version> newer = new AtomicReference<>(version);
      Updates.Version known = version;
      Thread watcher =
          Thread.ofVirtual()
              .name("watch")
              .start(() -> {
                try {
                  newer.set(updates.awaitNewer(link, known, every));
                  running.transfer().stop();
                } catch (InterruptedException over) {
                  Thread.currentThread().interrupt();
                }
              });
      ExitCode code = running.run().call();
      watcher.interrupt();
      watcher.join();
      version = newer.get();
      if (version.equals(known)) {
        return code;
      }
    }
  }
}
