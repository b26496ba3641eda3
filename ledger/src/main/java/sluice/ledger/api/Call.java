package sluice.ledger.api;

import java.util.Map;
import sluice.protocol.digest.Hash;

/**
 * A request whose route is known.
 *
 * @param path values of the variable parts of its path
 * @param body members of the body; none for a question
 */
record Call(ApiRequest request, Map<String, String> path, Body body) {
  /** A part of the path that is an id of 32 bytes; one that is none names nothing. */
  Hash id(String name) {
    String text = path.getOrDefault(name, "");
    try {
      if (text.length() == 2 * Hash.SHA256_BYTES) {
        return Hash.ofHex(text);
      }
    } catch (IllegalArgumentException e) {
      throw new ApiProblem(404, "NOT_FOUND", name + " has 64 hexadecimal digits");
    }
    throw new ApiProblem(404, "NOT_FOUND", name + " has 64 hexadecimal digits");
  }

  /** A parameter of the query that must be there. */
  String parameter(String name) {
    return request.parameter(name).orElseThrow(() -> Body.bad("?" + name + "= is missing"));
  }
}
