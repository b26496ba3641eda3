#!/usr/bin/python3
"""A libtorrent peer and torrent maker that talks JSON lines on standard output.

  lt_peer.py create PATH OUT [--v1|--v2|--hybrid] [--piece-size N] [--pads] [--tracker URL]...
      [--web-seed URL]...
  lt_peer.py strip TORRENT OUT
  lt_peer.py run TORRENT|MAGNET DIR [--port N] [--peer HOST:PORT]... [--no-tracker] [--keep] [--rc4]
      [--up BYTES] [--dht HOST:PORT] [--host ADDRESS] [--lsd]
      [--down BYTES] [--utp]

`create` prints {"event": "created", "v1": HEX, "v2": HEX}. `strip` writes
the torrent without its piece layers. `run` checks what is in DIR, downloads
the rest and seeds; it prints `listening`, `checked`, `progress`, `complete` and `error`, and ends
when it is told to by SIGTERM or the end of standard input, or, without --keep, when it has all.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time

import libtorrent as lt

STOP = threading.Event()


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def create(args):
    flags = 0
    if args.v1:
        flags |= lt.create_torrent.v1_only
    if args.v2:
        flags |= lt.create_torrent.v2_only
    if args.pads:
        flags |= lt.create_torrent.canonical_files
    files = lt.file_storage()
    lt.add_files(files, args.path)
    maker = lt.create_torrent(files, piece_size=args.piece_size, flags=flags)
    for tracker in args.tracker:
        maker.add_tracker(tracker)
    for url in args.web_seed:
        maker.add_url_seed(url)
    lt.set_piece_hashes(maker, os.path.dirname(os.path.abspath(args.path)))
    with open(args.out, "wb") as out:
        out.write(lt.bencode(maker.generate()))
    info = lt.torrent_info(args.out)
    hashes = info.info_hashes()
    say(
        "created",
        v1=str(hashes.v1) if hashes.has_v1() else "",
        v2=str(hashes.v2) if hashes.has_v2() else "",
        pads=[
            {"path": files_path(info, i), "length": info.files().file_size(i)}
            for i in range(info.num_files())
            if info.files().file_flags(i) & lt.file_storage.flag_pad_file
        ],
    )


def strip(args):
    with open(args.torrent, "rb") as file:
        torrent = lt.bdecode(file.read())
    del torrent[b"piece layers"]
    with open(args.out, "wb") as out:
        out.write(lt.bencode(torrent))
    say("stripped")


def files_path(info, index):
    return info.files().file_path(index).replace(os.sep, "/")


def session(args):
    host = args.dht.rsplit(":", 1)[0] if args.dht else args.host
    policy = lt.enc_policy.forced if args.rc4 else lt.enc_policy.disabled
    return lt.session(
        {
            "listen_interfaces": "%s:%d" % (host, args.port),
            "enable_dht": bool(args.dht),
            "dht_bootstrap_nodes": "",
            "dht_restrict_routing_ips": False,
            "dht_restrict_search_ips": False,
            "enable_lsd": args.lsd,
            "enable_upnp": False,
            "enable_natpmp": False,
            "enable_incoming_utp": args.utp,
            "enable_outgoing_utp": args.utp,
            "enable_incoming_tcp": not args.utp,
            "enable_outgoing_tcp": not args.utp,
            "allow_multiple_connections_per_ip": True,
            "in_enc_policy": int(policy),
            "out_enc_policy": int(policy),
            "allowed_enc_level": int(lt.enc_level.rc4 if args.rc4 else lt.enc_level.both),
            "prefer_rc4": args.rc4,
            "min_reconnect_time": 1,
            "connection_speed": 100,
            "alert_mask": lt.alert.category_t.error_notification
            | lt.alert.category_t.status_notification
            | lt.alert.category_t.peer_notification
            | lt.alert.category_t.tracker_notification,
            "user_agent": "lt_peer",
        }
    )


def add(ses, args):
    if args.torrent.startswith("magnet:"):
        params = lt.parse_magnet_uri(args.torrent)
    else:
        params = lt.add_torrent_params()
        params.ti = lt.torrent_info(args.torrent)
    params.save_path = args.dir
    params.flags &= ~lt.torrent_flags.auto_managed
    params.flags &= ~lt.torrent_flags.paused
    handle = ses.add_torrent(params)
    if args.no_tracker:
        handle.replace_trackers([])
    if args.down:
        handle.set_download_limit(args.down)
    if args.up:
        handle.set_upload_limit(args.up)
    return handle


def connect(handle, peers):
    for peer in peers:
        host, port = peer.rsplit(":", 1)
        handle.connect_peer((host, int(port)))


def run(args):
    started = time.monotonic()
    ses = session(args)
    if args.dht:
        node, node_port = args.dht.rsplit(":", 1)
        ses.add_dht_node((node, int(node_port)))
    handle = add(ses, args)
    say("listening", port=ses.listen_port())
    checked = complete = False
    last = 0.0
    checking = (lt.torrent_status.checking_files, lt.torrent_status.checking_resume_data)
    while not STOP.is_set():
        ses.wait_for_alert(50 if checked and not complete else 200)
        for alert in ses.pop_alerts():
            report(alert)
        status = handle.status()
        now = time.monotonic()
        if not checked and status.state not in checking:
            checked = True
            say("checked", seconds=round(now - started, 3), have=status.num_pieces)
            connect(handle, args.peer)
        if checked and not complete and status.is_seeding:
            complete = True
            progress(status)
            say("complete", seconds=round(now - started, 3))
            if not args.keep:
                break
        if now - last >= 1.0:
            last = now
            progress(status)
            if checked and status.num_peers == 0 and not complete:
                connect(handle, args.peer)
    progress(handle.status())
    ses.pause()


def progress(status):
    say(
        "progress",
        downloaded=status.total_payload_download,
        uploaded=status.total_payload_upload,
        done=status.total_wanted_done,
        total=status.total_wanted,
        peers=status.num_peers,
    )


def report(alert):
    text = str(alert)
    print(type(alert).__name__ + ": " + text, file=sys.stderr, flush=True)
    if isinstance(alert, (lt.torrent_error_alert, lt.file_error_alert, lt.listen_failed_alert)):
        say("error", message=text)


def stop(*_):
    STOP.set()


def watch_stdin():
    sys.stdin.read()
    STOP.set()


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("create")
    make.add_argument("path")
    make.add_argument("out")
    kind = make.add_mutually_exclusive_group()
    kind.add_argument("--v1", action="store_true")
    kind.add_argument("--v2", action="store_true")
    kind.add_argument("--hybrid", action="store_true")
    make.add_argument("--piece-size", type=int, default=0)
    make.add_argument("--pads", action="store_true")
    make.add_argument("--tracker", action="append", default=[])
    make.add_argument("--web-seed", action="append", default=[])
    bare = commands.add_parser("strip")
    bare.add_argument("torrent")
    bare.add_argument("out")
    peer = commands.add_parser("run")
    peer.add_argument("torrent")
    peer.add_argument("dir")
    peer.add_argument("--port", type=int, default=0)
    peer.add_argument("--peer", action="append", default=[])
    peer.add_argument("--dht")
    peer.add_argument("--host", default="127.0.0.1")
    peer.add_argument("--lsd", action="store_true")
    peer.add_argument("--no-tracker", action="store_true")
    peer.add_argument("--keep", action="store_true")
    peer.add_argument("--rc4", action="store_true")
    peer.add_argument("--up", type=int, default=0)
    peer.add_argument("--utp", action="store_true")
    peer.add_argument("--down", type=int, default=0)
    args = parser.parse_args()
    if args.command == "create":
        create(args)
        return
    if args.command == "strip":
        strip(args)
        return
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    threading.Thread(target=watch_stdin, daemon=True).start()
    run(args)


if __name__ == "__main__":
    main()
