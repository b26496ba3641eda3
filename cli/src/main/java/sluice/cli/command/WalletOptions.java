package sluice.cli.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.purse.KeyFiles;
import sluice.cli.purse.Passwords;
import sluice.cli.purse.Places;
import sluice.ledger.client.HubClient;
import sluice.ledger.client.HubException;
import sluice.ledger.client.HubMember;
import sluice.market.sign.PayKey;

/** Which wallet, and at which hub. */
final class WalletOptions {
  private static final String HUB_VARIABLE = "SLUICE_HUB";

  private final OptionSpec wallet =
      Syntax.option(
              Path.class,
              "--wallet",
              "FILE",
              "The file with the key (by default sluice/wallet.json in $XDG_DATA_HOME).")
          .converters(Converters::path)
          .build();
  private final OptionSpec passwordFile =
      Syntax.option(
              Path.class,
              "--password-file",
              "FILE",
              "Take the password from the first line of FILE; otherwise from "
                  + Passwords.WALLET
                  + " or the terminal.")
          .converters(Converters::path)
          .build();
  private final OptionSpec hub =
      Syntax.option(
              URI.class,
              "--hub",
              "URL",
              "The hub, such as http://127.0.0.1:7070; otherwise from " + HUB_VARIABLE + ".")
          .converters(WalletOptions::url)
          .build();
  private final OptionSpec asset =
      Syntax.option(
              String.class, "--asset", "ID", "The asset; needed only if the hub keeps several.")
          .build();

  CommandSpec addKeyTo(CommandSpec spec) {
    return spec.addOption(wallet).addOption(passwordFile);
  }

  CommandSpec addTo(CommandSpec spec) {
    return Syntax.addStandardOptions(addKeyTo(spec).addOption(hub).addOption(asset));
  }

  static URI url(String value) {
    try {
      URI url = URI.create(value);
      boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isWeb && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw noUrl(value);
    }
    throw noUrl(value);
  }

  private static TypeConversionException noUrl(String value) {
    return new TypeConversionException(
        "'" + value + "' is no hub; write it like http://127.0.0.1:7070");
  }

  Path file() {
    Path file = wallet.getValue();
    return file == null ? Places.wallet() : file;
  }

  Optional<Path> passwordFile() {
    return Optional.ofNullable(passwordFile.<@Nullable Path>getValue());
  }

  /** What is asked of a hub. */
  interface Question {
    void ask(HubMember member, String asset) throws IOException, InterruptedException, HubException;
  }

  /** What is asked of a hub by who has the key, too. */
  interface QuestionWithKey {
    void ask(HubMember member, PayKey key, String asset)
        throws IOException, InterruptedException, HubException;
  }

  /** Asks the hub as the wallet's member. */
  int ask(Question question) throws IOException, InterruptedException {
    return askWithKey((member, key, asset) -> question.ask(member, asset));
  }

  /** Asks the hub as the wallet's member, and signs for it elsewhere. */
  int askWithKey(QuestionWithKey question) throws IOException, InterruptedException {
    if (!Files.exists(file())) {
      throw new Problem(
          ExitCode.NOT_FOUND, file() + " is not there; make a wallet with 'sluice wallet create'");
    }
    URI url = hubUrl();
    PayKey key = KeyFiles.open(file(), Passwords.of(Passwords.WALLET), passwordFile());
    try (HubClient client = HubClient.connect(url)) {
      HubMember member = client.member(key);
      question.ask(member, key, asset(client));
    } catch (HubException e) {
      throw new Problem(ExitCode.FAILED, "the hub refused: " + e.getMessage());
    } catch (IOException e) {
      throw new Problem(ExitCode.FAILED, "the hub " + url + " is not to be reached: " + reason(e));
    }
    return ExitCode.OK.code();
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? "nobody answers there" : message;
  }

  private URI hubUrl() {
    @Nullable URI url = hub.getValue();
    @Nullable String set = System.getenv(HUB_VARIABLE);
    if (url == null && set == null) {
      throw new Problem(
          ExitCode.USAGE, "say which hub: --hub http://127.0.0.1:7070, or set " + HUB_VARIABLE);
    }
    return url == null ? url(String.valueOf(set)) : url;
  }

  private String asset(HubClient client) {
    @Nullable String wanted = asset.getValue();
    if (wanted != null) {
      return wanted;
    } else if (client.assets().size() != 1) {
      throw new Problem(
          ExitCode.USAGE, "say which asset with --asset; the hub keeps " + client.assets());
    }
    return client.assets().getFirst();
  }
}
