package sluice.ledger.purse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/**
 * The file in which a peer keeps its channels: what it has promised, and the highest vouchers that
 * it was given. Each change is on the device when its call returns. Thread-safe, one at a time.
 */
final class Journal implements AutoCloseable {
  private static final List<String> SCHEMA =
      List.of(
          "create table if not exists paying (channel text primary key, hub text not null,"
              + " nonce blob not null, cert blob not null, signature blob not null,"
              + " promised integer not null)",
          "create table if not exists spent (day integer primary key, micros integer not null)",
          "create table if not exists opening (nonce blob primary key, hub text not null)",
          "create table if not exists asked (nonce blob primary key, payee text not null,"
              + " asset text not null, deposit integer not null, life integer not null)",
          "create table if not exists paid (channel text primary key, hub text not null,"
              + " cert blob not null, cumulative integer not null, signature blob,"
              + " redeemed integer not null, closed integer not null)");

  private final Connection connection;

  /** A channel in which we pay. */
  record Paying(Hash nonce, ChannelCert cert, PaySignature signature, long promised) {}

  /** A channel that the hub was asked for, under a nonce of its own. */
  record Asked(Hash nonce, PayAddress payee, String asset, long deposit, long lifeSeconds) {}

  /** A channel in which we are paid. */
  record Paid(ChannelCert cert, long cumulative, Optional<PaySignature> signature, long redeemed) {
    Hash channel() {
      return cert.channel();
    }

    Optional<Voucher> unredeemed() {
      return cumulative > redeemed
          ? Optional.of(new Voucher(cert.channel(), cumulative))
          : Optional.empty();
    }
  }

  private interface Work<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  private Journal(Connection connection) {
    this.connection = connection;
  }

  /** Opens the journal in a file, or begins it. */
  static Journal open(Path file) {
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma journal_mode = wal");
        statement.execute("pragma synchronous = full");
        for (String table : SCHEMA) {
          statement.execute(table);
        }
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return new Journal(connection);
    } catch (SQLException e) {
      throw new JournalException("the journal " + file + " cannot be opened", e);
    }
  }

  /** Keeps that a channel is about to be asked for. */
  void opening(Hash hub, Asked asked) {
    run(
        "insert into asked values (?, ?, ?, ?, ?)",
        s -> {
          s.setBytes(1, asked.nonce().bytes());
          s.setString(2, asked.payee().hex());
          s.setString(3, asked.asset());
          s.setLong(4, asked.deposit());
          s.setLong(5, asked.lifeSeconds());
          return s.executeUpdate();
        });
    run(
        "insert into opening values (?, ?)",
        s -> {
          s.setBytes(1, asked.nonce().bytes());
          s.setString(2, hub.hex());
          return s.executeUpdate();
        });
  }

  /** What {@link #openings} were asked for by. */
  List<Asked> asked(Hash hub) {
    return run(
        "select nonce, payee, asset, deposit, life from asked join opening using (nonce)"
            + " where hub = ?",
        s -> {
          s.setString(1, hub.hex());
          List<Asked> found = new ArrayList<>();
          ResultSet rows = s.executeQuery();
          while (rows.next()) {
            found.add(
                new Asked(
                    Hash.of(rows.getBytes(1)),
                    PayAddress.ofHex(rows.getString(2)),
                    rows.getString(3),
                    rows.getLong(4),
                    rows.getLong(5)));
          }
          return found;
        });
  }

  /** Channels that were asked for, and of which nothing is known since. */
  List<Hash> openings(Hash hub) {
    return run(
        "select nonce from opening where hub = ?",
        s -> {
          s.setString(1, hub.hex());
          List<Hash> found = new ArrayList<>();
          ResultSet rows = s.executeQuery();
          while (rows.next()) {
            found.add(Hash.of(rows.getBytes(1)));
          }
          return found;
        });
  }

  /** It is known what became of a channel that was asked for. */
  void opened(Hash nonce) {
    for (String table : List.of("opening", "asked")) {
      run(
          "delete from " + table + " where nonce = ?",
          s -> {
            s.setBytes(1, nonce.bytes());
            return s.executeUpdate();
          });
    }
  }

  /** Forgets a channel in which we paid. */
  void forget(Hash channel) {
    run(
        "delete from paying where channel = ?",
        s -> {
          s.setString(1, channel.hex());
          return s.executeUpdate();
        });
  }

  /** Adds a channel in which we pay, or replaces its certificate. */
  void paying(Hash hub, Paying channel) {
    run(
        "insert into paying values (?, ?, ?, ?, ?, ?) on conflict (channel) do update set"
            + " cert = excluded.cert, signature = excluded.signature",
        s -> {
          s.setString(1, channel.cert().channel().hex());
          s.setString(2, hub.hex());
          s.setBytes(3, channel.nonce().bytes());
          s.setBytes(4, channel.cert().encode());
          s.setBytes(5, channel.signature().bytes());
          s.setLong(6, channel.promised());
          return s.executeUpdate();
        });
  }

  /** Channels in which we pay, by a hub. */
  List<Paying> paying(Hash hub) {
    return run(
        "select nonce, cert, signature, promised from paying where hub = ?",
        s -> {
          s.setString(1, hub.hex());
          List<Paying> found = new ArrayList<>();
          ResultSet rows = s.executeQuery();
          while (rows.next()) {
            found.add(
                new Paying(
                    Hash.of(rows.getBytes(1)),
                    ChannelCert.decode(rows.getBytes(2)).orElseThrow(),
                    PaySignature.of(rows.getBytes(3)).orElseThrow(),
                    rows.getLong(4)));
          }
          return found;
        });
  }

  /**
   * Promises so much in all; false if more was promised before, or there is no such channel.
   *
   * @param day on which it counts as spent, as a number since 1970
   */
  synchronized boolean promise(Hash channel, long cumulative, long day) {
    try {
      connection.setAutoCommit(false);
      try {
        run(
            "insert into spent select ?, ? - promised from paying where channel = ? and promised"
                + " <= ? on conflict (day) do update set micros = micros + excluded.micros",
            s -> {
              s.setLong(1, day);
              s.setLong(2, cumulative);
              s.setString(3, channel.hex());
              s.setLong(4, cumulative);
              return s.executeUpdate();
            });
        int kept =
            run(
                "update paying set promised = ? where channel = ? and promised <= ?",
                s -> {
                  s.setLong(1, cumulative);
                  s.setString(2, channel.hex());
                  s.setLong(3, cumulative);
                  return s.executeUpdate();
                });
        connection.commit();
        return kept == 1;
      } catch (SQLException | JournalException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new JournalException("the journal of channels failed", e);
    }
  }

  /** What was promised on a day, at all hubs. */
  long spent(long day) {
    return run(
        "select micros from spent where day = ?",
        s -> {
          s.setLong(1, day);
          ResultSet rows = s.executeQuery();
          return rows.next() ? rows.getLong(1) : 0L;
        });
  }

  /** Adds a channel in which we are paid, or replaces its certificate. */
  void paid(Hash hub, ChannelCert cert) {
    run(
        "insert into paid values (?, ?, ?, 0, null, 0, 0) on conflict (channel) do update set"
            + " cert = excluded.cert",
        s -> {
          s.setString(1, cert.channel().hex());
          s.setString(2, hub.hex());
          s.setBytes(3, cert.encode());
          return s.executeUpdate();
        });
  }

  /** Channels in which we are paid, by a hub, that are not closed. */
  List<Paid> paid(Hash hub) {
    return run(
        "select cert, cumulative, signature, redeemed from paid where hub = ? and closed = 0",
        s -> {
          s.setString(1, hub.hex());
          List<Paid> found = new ArrayList<>();
          ResultSet rows = s.executeQuery();
          while (rows.next()) {
            found.add(
                new Paid(
                    ChannelCert.decode(rows.getBytes(1)).orElseThrow(),
                    rows.getLong(2),
                    Optional.ofNullable(rows.getBytes(3)).flatMap(PaySignature::of),
                    rows.getLong(4)));
          }
          return found;
        });
  }

  /** Keeps a voucher if it is higher than the one that is kept. */
  void take(Voucher voucher, PaySignature signature) {
    run(
        "update paid set cumulative = ?, signature = ? where channel = ? and cumulative < ?",
        s -> {
          s.setLong(1, voucher.cumulative());
          s.setBytes(2, signature.bytes());
          s.setString(3, voucher.channel().hex());
          s.setLong(4, voucher.cumulative());
          return s.executeUpdate();
        });
  }

  /** The hub has credited so much of a channel. */
  void redeemed(Hash channel, long cumulative, boolean closed) {
    run(
        "update paid set redeemed = max(redeemed, ?), closed = max(closed, ?) where channel = ?",
        s -> {
          s.setLong(1, cumulative);
          s.setInt(2, closed ? 1 : 0);
          s.setString(3, channel.hex());
          return s.executeUpdate();
        });
  }

  private synchronized <T> T run(String sql, Work<T> work) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return work.run(statement);
    } catch (SQLException e) {
      throw new JournalException("the journal of channels failed", e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new JournalException("the journal of channels cannot be closed", e);
    }
  }
}
