package sluice.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.text.Json;
import sluice.cli.text.Printable;
import sluice.cli.wiring.DhtSession;
import sluice.engine.dht.Dht;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.NodeId;

/** Gets an item that is kept in the DHT (BEP 44). */
final class DhtGetCommand implements Command {
  private final Console console;
  private final DhtOptions options = new DhtOptions();

  private final PositionalParamSpec place =
      Syntax.word(
              Hash.class,
              "PLACE|KEY",
              "Where it is, 40 hexadecimal digits, or the public key of one that changes, 64.")
          .converters(DhtConverters::place)
          .build();

  private final OptionSpec salt =
      Syntax.option(String.class, "--salt", "TEXT", "Tells apart the items of one key.")
          .converters(DhtConverters::salt)
          .initialValue("")
          .build();

  DhtGetCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        options.addTo(Syntax.command("get", this).addPositional(place).addOption(salt));
    spec.usageMessage()
        .header("Get an item that is kept in the DHT.")
        .description(
            "Prints a text as it is and other values bencoded. Of an item that changes, the most"
                + " recent one whose signature is right is taken.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws InterruptedException {
    Hash given = place.getValue();
    BString salted = BString.of(salt.<String>getValue());
    NodeId target =
        given.length() == Hash.SHA1_BYTES
            ? NodeId.of(given)
            : Item.Mutable.target(BString.of(given.bytes()), salted);
    try (DhtSession session = options.enter()) {
      Optional<Item> item =
          session.ask((Dht dht, CompletableFuture<Optional<Item>> told) ->
              dht.inquiries().get(target, salted, told::complete));
      if (item.isEmpty()) {
        throw new Problem(ExitCode.NOT_FOUND, "no node has an item at " + target);
      }
      show(target, item.get());
    }
    return ExitCode.OK.code();
  }

  private void show(NodeId target, Item item) {
    String shown = text(item.value().bytes());
    if (!options.json()) {
      console.out().println(Printable.clean(shown));
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("place", target.toString());
    line.put("value", shown);
    line.put("bencoded", HexFormat.of().formatHex(item.value().bytes()));
    switch (item) {
      case Item.Immutable _ -> {}
      case Item.Mutable m -> {
        line.put("key", HexFormat.of().formatHex(m.key().bytes()));
        line.put("salt", m.salt().utf8());
        line.put("seq", m.seq());
      }
    }
    console.out().println(Json.of(line));
  }

  private static String text(byte[] bencoded) {
    try {
      return Bencode.parse(bencoded, Item.VALUE_LIMITS) instanceof BString s
          ? s.utf8()
          : new String(bencoded, UTF_8);
    } catch (BencodeException e) {
      throw new IllegalStateException("a value that was read is bencoded", e);
    }
  }
}
