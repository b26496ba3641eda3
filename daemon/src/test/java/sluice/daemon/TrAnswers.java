package sluice.daemon;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sluice.daemon.web.Json;
import tools.jackson.databind.JsonNode;

/**
 * Calls of Transmission's RPC of which outcome and shape of the answer are compared with those of
 * the real one: right ones, and mistakes that programs make. {@code HASH} is a torrent that is
 * there, {@code FILE} its torrent file in base64.
 */
final class TrAnswers {
  private static final List<String> CALLS =
      List.of(
          "torrent-get {'ids':['HASH'],'fields':['id','name'],'format':'table'}",
          "torrent-get {'ids':'recently-active','fields':['id']}",
          "torrent-get {'ids':[99],'fields':['id']}",
          "torrent-get {'ids':[],'fields':['id']}",
          "torrent-get {}",
          "torrent-set {'ids':['HASH'],'labels':['a','b']}",
          "torrent-set {'ids':['HASH'],'seedRatioLimit':2.5,'seedRatioMode':0}",
          "torrent-set {'ids':['HASH'],'trackerAdd':['x']}",
          "torrent-set {'ids':['HASH'],'priority-high':[0],'files-wanted':[]}",
          "torrent-set {'ids':['HASH'],'priority-high':[99]}",
          "torrent-set {'ids':['HASH'],'bandwidthPriority':0,'honorsSessionLimits':true}",
          "torrent-rename-path {'ids':['HASH'],'path':'film.mkv','name':'other.mkv'}",
          "torrent-rename-path {'ids':['HASH'],'path':'other.mkv','name':'film.mkv'}",
          "torrent-rename-path {'ids':['HASH'],'path':'none','name':'film.mkv'}",
          "torrent-rename-path {'ids':['HASH']}",
          "torrent-start {'ids':['HASH']}",
          "torrent-start-now {'ids':['HASH']}",
          "torrent-reannounce {'ids':['HASH']}",
          "torrent-start {'ids':[99]}",
          "queue-move-top {'ids':['HASH']}",
          "queue-move-up {'ids':['HASH']}",
          "queue-move-down {'ids':['HASH']}",
          "queue-move-bottom {'ids':['HASH']}",
          "torrent-add {'metainfo':'FILE'}",
          "torrent-add {'metainfo':'x'}",
          "torrent-add {}",
          "torrent-add {'filename':'/nothing/there.torrent'}",
          "torrent-set-location {'ids':['HASH']}",
          "torrent-remove {'ids':[99]}",
          "free-space {'path':'FOLDER'}",
          "session-get {'fields':['version','rpc-version']}",
          "session-set {'alt-speed-down':50,'speed-limit-up-enabled':false}",
          "session-set {}",
          "session-stats {}",
          "nothing {}");

  private TrAnswers() {}

  /** Calls a method; the whole answer. */
  interface Sender {
    JsonNode send(String method, JsonNode arguments) throws Exception;
  }

  /** By call, whether it went well and what the answer has. */
  static Map<String, Set<String>> of(Sender sender, String hash, String file, Path folder)
      throws Exception {
    Map<String, Set<String>> answers = new TreeMap<>();
    for (int i = 0; i < CALLS.size(); i++) {
      String[] parts = CALLS.get(i).split(" ", 2);
      String arguments =
          parts[1]
              .replace('\'', '"')
              .replace("HASH", hash)
              .replace("FILE", file)
              .replace("FOLDER", folder.toString());
      JsonNode answer =
          sender.send(parts[0], Json.read(arguments.getBytes(StandardCharsets.UTF_8)));
      boolean good = answer.path("result").asString("").equals("success");
      Set<String> told = new TreeSet<>(Set.of(good ? "success" : "refused"));
      if (good) {
        told.addAll(Shapes.of(answer.path("arguments")));
      }
      answers.put("%02d %s".formatted(i, CALLS.get(i)), told);
    }
    return answers;
  }
}
