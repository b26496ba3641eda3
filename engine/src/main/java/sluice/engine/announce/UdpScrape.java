package sluice.engine.announce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sluice.protocol.announce.ScrapeEntry;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.announce.UdpReply;
import sluice.protocol.announce.UdpRequest;
import sluice.protocol.digest.Hash;

/** A scrape as it is put to a UDP tracker (BEP 15). */
record UdpScrape(List<Hash> torrents, Consumer<ScrapeReply> told) implements UdpQuestion {
  @Override
  public UdpRequest packet(long connection, int transaction) {
    return new UdpRequest.Scrape(connection, transaction, torrents);
  }

  @Override
  public boolean take(UdpReply reply) {
    if (!(reply instanceof UdpReply.Scraped scraped)) {
      return false;
    }
    List<ScrapeEntry> entries = new ArrayList<>();
    for (int i = 0; i < Math.min(torrents.size(), scraped.counts().size()); i++) {
      UdpReply.Counts counts = scraped.counts().get(i);
      entries.add(
          new ScrapeEntry(torrents.get(i), counts.seeds(), counts.completed(), counts.leeches()));
    }
    told.accept(new ScrapeReply.Counts(entries));
    return true;
  }

  @Override
  public void fail(String message) {
    told.accept(new ScrapeReply.Failure(message));
  }
}
