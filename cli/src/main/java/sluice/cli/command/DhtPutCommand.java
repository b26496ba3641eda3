package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.text.Json;
import sluice.cli.wiring.DhtSession;
import sluice.cli.wiring.KeyFile;
import sluice.engine.dht.Dht;
import sluice.engine.dht.Inquiries.Stored;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.UpdateValue;
import sluice.protocol.magnet.UpdateMagnet;

/** Puts an item into the DHT (BEP 44). */
final class DhtPutCommand implements Command {
  private final Console console;
  private final DhtOptions options = new DhtOptions();

  private final PositionalParamSpec text =
      Syntax.word(String.class, "TEXT", "The value: a text of at most 996 bytes.")
          .required(false)
          .arity("0..1")
          .build();

  private final OptionSpec torrent =
      Syntax.option(
              Hash.class,
              "--torrent",
              "HASH|MAGNET",
              "Put a torrent in place of a text: the link that is printed leads to it, and to"
                  + " another one when that is put with the same key (BEP 46).")
          .converters(DhtConverters::infoHash)
          .build();

  private final OptionSpec key =
      Syntax.option(
              Path.class,
              "--key",
              "FILE",
              "Put an item that can be changed by the private key in this file, which is made if"
                  + " there is none.")
          .converters(Converters::path)
          .build();

  private final OptionSpec salt =
      Syntax.option(String.class, "--salt", "TEXT", "Tells apart the items of one key.")
          .converters(DhtConverters::salt)
          .initialValue("")
          .build();

  private final OptionSpec seq =
      Syntax.option(
              Long.class,
              "--seq",
              "N",
              "Its sequence number (default: one more than that of the item that is there).")
          .converters(DhtConverters::seq)
          .build();

  private CommandSpec spec = CommandSpec.create();

  DhtPutCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    spec =
        options.addTo(
            Syntax.command("put", this)
                .addPositional(text)
                .addOption(torrent)
                .addOption(key)
                .addOption(salt)
                .addOption(seq));
    spec.usageMessage()
        .header("Put an item into the DHT.")
        .description(
            "Without --key the item never changes, and its place is its digest. Nodes forget it"
                + " after two hours unless it is put again.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    BString value = value();
    if (value.length() > Item.MAX_VALUE_BYTES) {
      throw new Problem(ExitCode.USAGE, "the text is too long: 996 bytes are the most");
    }
    Optional<Path> file = Optional.ofNullable(key.getValue());
    if (file.isEmpty() && seq.getValue() != null) {
      throw new ParameterException(spec.commandLine(), "--seq is of items with a --key");
    }
    Optional<KeyFile> owner =
        file.isPresent() ? Optional.of(KeyFile.of(file.get())) : Optional.empty();
    try (DhtSession session = options.enter()) {
      Item item =
          owner.isPresent() ? signed(session, owner.get(), value) : new Item.Immutable(value);
      Stored stored =
          session.ask((Dht dht, CompletableFuture<Stored> told) ->
              dht.inquiries().put(item, OptionalLong.empty(), told::complete));
      if (stored.nodes() == 0) {
        String why = stored.refusals().stream().findFirst().map(r -> ": " + r).orElse("");
        throw new Problem(ExitCode.FAILED, "no node has taken the item" + why);
      }
      show(item, stored);
    }
    return ExitCode.OK.code();
  }

  private BString value() {
    Optional<String> given = Optional.ofNullable(text.getValue());
    Optional<Hash> named = Optional.ofNullable(torrent.getValue());
    if (given.isPresent() == named.isPresent()) {
      throw new ParameterException(spec.commandLine(), "Name either a TEXT or a --torrent");
    }
    if (named.isPresent() && key.getValue() == null) {
      throw new ParameterException(spec.commandLine(), "--torrent needs a --key");
    }
    return named
        .map(UpdateValue::write)
        .orElseGet(() -> BString.of(Bencode.write(BString.of(given.orElseThrow()))));
  }

  private Item signed(DhtSession session, KeyFile owner, BString value)
      throws InterruptedException {
    BString publicKey = BString.of(owner.publicKey());
    BString salted = BString.of(salt.<String>getValue());
    Long number = seq.getValue();
    if (number == null) {
      Optional<Item> last =
          session.ask((Dht dht, CompletableFuture<Optional<Item>> told) ->
              dht.inquiries().get(Item.Mutable.target(publicKey, salted), salted, told::complete));
      number =
          last.isPresent() && last.get() instanceof Item.Mutable m ? m.seq() + 1 : Long.valueOf(1);
    }
    return Item.Mutable.sign(owner.seed(), publicKey, salted, number, value);
  }

  private void show(Item item, Stored stored) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("place", item.target().toString());
    switch (item) {
      case Item.Immutable _ -> {}
      case Item.Mutable m -> {
        line.put("key", HexFormat.of().formatHex(m.key().bytes()));
        line.put("seq", m.seq());
        if (torrent.getValue() != null) {
          line.put("link", new UpdateMagnet(m.key(), m.salt()).toUri());
        }
      }
    }
    line.put("nodes", stored.nodes());
    if (options.json()) {
      console.out().println(Json.of(line));
    } else {
      line.forEach((label, shown) -> console.out().printf("%-6s %s%n", label, shown));
    }
  }
}
