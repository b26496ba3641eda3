#!/usr/bin/env python3
"""Computes the test vectors of bwpay from its specification, and nothing else.

It shares no code with Sluice and needs no packages: Keccak-256, secp256k1 (RFC 6979) and bencoding
are written out here. Its output is vectors.tsv, of which a test asks Sluice the same.
"""

import hashlib
import hmac

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
MASK = 2**64 - 1


def rotated(word, count):
    return (word << count | word >> (64 - count)) & MASK if count else word


def permute(lanes):
    state = 1
    for _ in range(24):
        column = [lanes[x][0] ^ lanes[x][1] ^ lanes[x][2] ^ lanes[x][3] ^ lanes[x][4] for x in range(5)]
        for x in range(5):
            mixed = column[(x - 1) % 5] ^ rotated(column[(x + 1) % 5], 1)
            lanes[x] = [lane ^ mixed for lane in lanes[x]]
        x, y, moved = 1, 0, lanes[1][0]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            moved, lanes[x][y] = lanes[x][y], rotated(moved, (step + 1) * (step + 2) // 2 % 64)
        for y in range(5):
            row = [lanes[x][y] for x in range(5)]
            for x in range(5):
                lanes[x][y] = row[x] ^ (~row[(x + 1) % 5] & MASK & row[(x + 2) % 5])
        for bit in range(7):
            if state & 1:
                lanes[0][0] ^= 1 << (2**bit - 1)
            state = state << 1 ^ (0x171 if state & 0x80 else 0)


def keccak(*parts):
    data = bytearray(b"".join(parts))
    data.append(1)
    data.extend(bytes(-len(data) % 136))
    data[-1] |= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for at in range(0, len(data), 136):
        for i in range(17):
            lanes[i % 5][i // 5] ^= int.from_bytes(data[at + 8 * i : at + 8 * i + 8], "little")
        permute(lanes)
    return b"".join(lanes[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


def plus(a, b):
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    if a == b:
        slope = 3 * a[0] * a[0] * pow(2 * a[1], -1, P)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def times(k, point):
    total = None
    while k:
        if k & 1:
            total = plus(total, point)
        point = plus(point, point)
        k >>= 1
    return total


def identity(secret):
    x, y = times(secret, G)
    return keccak(x.to_bytes(32, "big"), y.to_bytes(32, "big"))


def address(secret):
    return identity(secret)[12:]


def nonces(secret, digest):
    text = secret.to_bytes(32, "big") + (int.from_bytes(digest, "big") % N).to_bytes(32, "big")
    v, k = b"\1" * 32, bytes(32)
    for end in (b"\0", b"\1"):
        k = hmac.new(k, v + end + text, hashlib.sha256).digest()
        v = hmac.new(k, v, hashlib.sha256).digest()
    while True:
        v = hmac.new(k, v, hashlib.sha256).digest()
        number = int.from_bytes(v, "big")
        if 0 < number < N:
            yield number
        k = hmac.new(k, v + b"\0", hashlib.sha256).digest()
        v = hmac.new(k, v, hashlib.sha256).digest()


def sign(secret, digest):
    for k in nonces(secret, digest):
        x, y = times(k, G)
        r = x % N
        s = pow(k, -1, N) * (int.from_bytes(digest, "big") + r * secret) % N
        if r and s:
            odd = y & 1
            if s > N // 2:
                s, odd = N - s, odd ^ 1
            return r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([27 + odd])


def word(number):
    return number.to_bytes(32, "big")


def right(data):
    return data + bytes(32 - len(data))


def left(data):
    return bytes(32 - len(data)) + data


def text(string):
    return keccak(string.encode())


DOMAIN = "EIP712Domain(string name,string version,uint256 chainId,bytes32 salt)"
VOUCHER = "Voucher(bytes32 channel,uint256 cumulative)"
CERT = (
    "ChannelCert(bytes32 channel,address payerKey,address payee,bytes32 asset,uint256 deposit,"
    "uint64 openedAt,uint64 expiresAt,uint64 graceSeconds)"
)
REQUEST = "Request(string method,string path,bytes32 bodyHash,uint64 time,bytes16 nonce)"
LIABILITIES = (
    "Liabilities(bytes32 asset,uint256 total,bytes32 root,uint256 members,uint256 entry,"
    "bytes32 head,uint64 time)"
)


def domain(chain, hub):
    return keccak(text(DOMAIN), text("bwpay"), text("1"), word(chain), hub)


def digest(separator, kind, *words):
    return keccak(b"\x19\x01", separator, keccak(text(kind), *words))


def due(count, price):
    return count * price >> 20


def bencoded(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    if isinstance(value, list):
        return b"l" + b"".join(map(bencoded, value)) + b"e"
    return b"d" + b"".join(bencoded(k) + bencoded(value[k]) for k in sorted(value)) + b"e"


def leaf(nonce, member, micros):
    return keccak(b"\0", nonce, member, micros.to_bytes(8, "big"))


def above(a, b):
    parts = b"".join(micros.to_bytes(8, "big") + node for micros, node in (a, b))
    return a[0] + b[0], keccak(b"\1", parts)


def show(name, value):
    print(name, value.hex() if isinstance(value, bytes) else value, sep="\t")


ASSET = b"tron:0x2b6653dc/trc10:1002000"
HUB, CHANNEL, HASHED = text("example-hub"), text("example-channel"), keccak(ASSET)
PAYER, PAYEE, HUB_SECRET = 0x11, 0x22, 0x33
SEPARATOR = domain(728126428, HUB)


def signed():
    print("# What docs/bwpay.md specifies, computed by vectors.py beside this file: name, value")
    show("keccak.empty", keccak())
    show("keccak.137", keccak(bytes(range(137))))
    for name, kind in (
        ("domain", DOMAIN),
        ("voucher", VOUCHER),
        ("cert", CERT),
        ("request", REQUEST),
        ("liabilities", LIABILITIES),
    ):
        show("type." + name, text(kind))
    show("hub", HUB)
    show("channel", CHANNEL)
    show("asset", HASHED)
    show("separator.tron", SEPARATOR)
    show("separator.nile", domain(3448148188, HUB))
    for secret in (1, PAYER, PAYEE, HUB_SECRET, N - 1):
        show("identity.%x" % secret, identity(secret))
        show("address.%x" % secret, address(secret))
    show("channelOf.payer", keccak(HUB, address(PAYER)))
    for cumulative in (0, 1, 1234567, 2**63 - 1):
        hashed = digest(SEPARATOR, VOUCHER, CHANNEL, word(cumulative))
        show("voucher.digest.%d" % cumulative, hashed)
        show("voucher.signature.%d" % cumulative, sign(PAYER, hashed))
    body = b'{"cumulative":"1234567"}'
    nonce = bytes(range(16))
    path = "/v1/channels?x=1"
    words = text("POST"), text(path), keccak(body), word(1700000000000), right(nonce)
    hashed = digest(SEPARATOR, REQUEST, *words)
    show("request.digest", hashed)
    show("request.signature", sign(PAYER, hashed))
    leaves = [(5 + i, leaf(word(i), address(PAYER + i), 5 + i)) for i in range(3)]
    root = above(above(leaves[0], leaves[1]), leaves[2])
    show("tree.leaf", leaves[0][1])
    show("tree.root", root[1])
    words = HASHED, word(root[0]), root[1], word(3), word(7), CHANNEL, word(1700000000)
    hashed = digest(SEPARATOR, LIABILITIES, *words)
    show("liabilities.digest", hashed)
    show("liabilities.signature", sign(HUB_SECRET, hashed))


def amounts():
    for count, price in (
        (16384, 209715),
        (81920, 209715),
        (1048576, 209715),
        (1048575, 1),
        (2**40, 2**42),
        (2**20, 2**63 - 1),
        (2**63 - 1, 2**20),
        (2**62, 2**21),
    ):
        micros = due(count, price)
        show("due.%d.%d" % (count, price), micros if micros < 2**63 else "error")


def messages():
    cert = b"".join(
        (
            (1).to_bytes(4, "big"),
            CHANNEL,
            left(address(PAYER)),
            left(address(PAYEE)),
            HASHED,
            word(10000000),
            word(1700000000),
            word(1700604800),
            word(86400),
        )
    )
    hashed = digest(SEPARATOR, CERT, *(cert[i : i + 32] for i in range(4, 260, 32)))
    show("cert.wire", cert)
    show("cert.digest", hashed)
    show("cert.signature", sign(HUB_SECRET, hashed))
    voucher = sign(PAYER, digest(SEPARATOR, VOUCHER, CHANNEL, word(1234567)))
    bid = {b"t": 0, b"n": 3, b"r": 209715, b"x": 60, b"a": ASSET, b"h": HUB}
    award = {b"t": 1, b"n": 3, b"i": 7, b"r": 200000, b"d": 15, b"w": 16384, b"h": HUB, b"m": 32}
    award[b"k"] = address(PAYEE)
    offer = {b"a": [ASSET], b"f": 100000, b"h": [HUB], b"p": 3 | 32, b"v": [1], b"w": 1048576}
    for name, message in (
        ("bid", bid),
        ("bid.spending", bid | {b"w": 500000}),
        ("bid.back", bid | {b"n": 4, b"r": 0}),
        ("award", award),
        ("award.evidence", award | {b"s": b"evidence"}),
        ("open", {b"t": 2, b"c": CHANNEL, b"e": cert, b"s": sign(HUB_SECRET, hashed)}),
        ("voucher", {b"t": 3, b"c": CHANNEL, b"m": 1234567, b"s": voucher}),
        ("voucher.award", {b"t": 3, b"c": CHANNEL, b"m": 1234567, b"s": voucher, b"i": 7}),
        ("ack", {b"t": 4, b"c": CHANNEL, b"m": 1234567, b"w": 32768}),
        ("need", {b"t": 5, b"c": CHANNEL, b"d": 1300000, b"b": 65536, b"g": 5000}),
        ("done", {b"t": 6, b"i": 7, b"y": 1}),
        ("error", {b"t": 7, b"y": 4, b"z": b"not increasing"}),
        ("unknown", {b"t": 64}),
    ):
        show("message." + name, bencoded(message))
    show("handshake.both", bencoded(offer))
    del offer[b"f"]
    show("handshake.payer", bencoded(offer | {b"p": 1, b"w": 0}))


signed()
amounts()
messages()
