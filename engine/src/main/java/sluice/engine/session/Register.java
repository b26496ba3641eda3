package sluice.engine.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

/**
 * The entries of a session by their name, in the order in which they came, and by each hash that
 * peers may name them by. Loop only.
 */
final class Register {
  private final Map<InfoHashes, Entry> byName = new LinkedHashMap<>();
  private final Map<Hash, Entry> byWireHash = new LinkedHashMap<>();
  private final Consumer<Hash> named;
  private final Consumer<Hash> unnamed;

  /** {@code named} and {@code unnamed} hear of each hash that peers may name, or not any more. */
  Register(Consumer<Hash> named, Consumer<Hash> unnamed) {
    this.named = named;
    this.unnamed = unnamed;
  }

  void add(Entry entry) {
    byName.put(entry.hashes(), entry);
    entry.hashes().wire().forEach(hash -> name(hash, entry));
  }

  void remove(Entry entry) {
    byName.remove(entry.hashes());
    entry.hashes().wire().forEach(this::forget);
  }

  /** {@code entry} goes by the name {@code to} from here on; it says so itself a moment later. */
  void rename(Entry entry, InfoHashes to) {
    remove(entry);
    byName.put(to, entry);
    to.wire().forEach(hash -> name(hash, entry));
  }

  private void name(Hash hash, Entry entry) {
    byWireHash.put(hash, entry);
    named.accept(hash);
  }

  private void forget(Hash hash) {
    byWireHash.remove(hash);
    unnamed.accept(hash);
  }

  /** Those that share a hash with {@code hashes}. */
  List<Entry> like(InfoHashes hashes) {
    Set<Entry> found = new LinkedHashSet<>();
    for (Hash hash : hashes.wire()) {
      byWire(hash).ifPresent(found::add);
    }
    return new ArrayList<>(found);
  }

  @Nullable Entry get(InfoHashes name) {
    return byName.get(name);
  }

  Optional<Entry> find(InfoHashes name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The one that peers may name by {@code hash}. */
  Optional<Entry> byWire(Hash hash) {
    return Optional.ofNullable(byWireHash.get(hash));
  }

  /** All of them; not to be changed. */
  Collection<Entry> all() {
    return byName.values();
  }
}
