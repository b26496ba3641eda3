package sluice.ledger.proof;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import sluice.ledger.book.Digits;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.Domain;
import sluice.market.sign.Liabilities;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.protocol.digest.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Proofs as JSON: what the hub answers, and what is kept in a file and checked later. */
public final class ProofJson {
  private static final int MAX_CHARS = 64 << 10;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ProofJson() {}

  /** A total. */
  public static ObjectNode of(SignedTotal total) {
    Liabilities l = total.liabilities();
    return JsonNodeFactory.instance
        .objectNode()
        .put("asset", total.asset())
        .put("total", Long.toString(l.total()))
        .put("root", l.root().hex())
        .put("members", Long.toString(l.members()))
        .put("entry", Long.toString(l.entry()))
        .put("head", l.head().hex())
        .put("time", Long.toString(l.unixSeconds()))
        .put("signature", total.signature().toString());
  }

  /** A proof with all that it takes to check it. */
  public static ObjectNode of(AccountProof proof) {
    ObjectNode node =
        of(proof.total())
            .put("hub", proof.domain().hub().hex())
            .put("chain", Long.toString(proof.domain().chainId()))
            .put("account", proof.member().hex())
            .put("nonce", proof.nonce().hex())
            .put("amount", Long.toString(proof.micros()))
            .put("index", Integer.toString(proof.branch().index()));
    ArrayNode siblings = node.putArray("siblings");
    for (SumNode sibling : proof.branch().siblings()) {
      siblings
          .addObject()
          .put("amount", Long.toString(sibling.micros()))
          .put("hash", sibling.hash().hex());
    }
    return node;
  }

  /** The proof in a file's text; an IllegalArgumentException says why it is none. */
  public static AccountProof read(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("it is too long");
    }
    try {
      return read(MAPPER.readTree(text));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static AccountProof read(JsonNode in) {
    String asset = text(in, "asset");
    long members = number(in, "members");
    Liabilities liabilities =
        new Liabilities(
            ChannelCert.asset(asset),
            number(in, "total"),
            Hash.ofHex(text(in, "root")),
            members,
            number(in, "entry"),
            Hash.ofHex(text(in, "head")),
            number(in, "time"));
    PaySignature signature =
        PaySignature.of(HexFormat.of().parseHex(text(in, "signature")))
            .orElseThrow(() -> new IllegalArgumentException("signature is none"));
    List<SumNode> siblings = new ArrayList<>();
    for (JsonNode sibling : in.path("siblings")) {
      siblings.add(new SumNode(number(sibling, "amount"), Hash.ofHex(text(sibling, "hash"))));
    }
    return new AccountProof(
        Domain.of(number(in, "chain"), Hash.ofHex(text(in, "hub"))),
        new SignedTotal(asset, liabilities, signature),
        PayAddress.ofHex(text(in, "account")),
        Hash.ofHex(text(in, "nonce")),
        number(in, "amount"),
        new Branch(
            Math.toIntExact(Math.min(Integer.MAX_VALUE, number(in, "index"))),
            Math.toIntExact(Math.min(Integer.MAX_VALUE, members)),
            siblings));
  }

  private static String text(JsonNode in, String name) {
    JsonNode value = in.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.stringValue();
  }

  private static long number(JsonNode in, String name) {
    return Digits.parse(text(in, name))
        .orElseThrow(() -> new IllegalArgumentException(name + " is no amount"));
  }
}
