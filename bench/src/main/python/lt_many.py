#!/usr/bin/python3
"""Many seeding torrents in libtorrent: lt_many.py add|run DATA TORRENTS RESUME

"add" adds all torrents of the folder TORRENTS as complete and keeps what libtorrent calls resume data.
"run" begins with those, tells when all are listed, and runs until SIGTERM.
"""
import glob
import os
import signal
import sys
import time

import libtorrent as lt


def say(event, **fields):
    rest = "".join(',"%s":%s' % pair for pair in fields.items())
    print('{"event":"%s"%s}' % (event, rest), flush=True)


def session():
    return lt.session(
        {
            "listen_interfaces": "127.0.0.1:0",
            "enable_dht": False,
            "enable_lsd": False,
            "enable_upnp": False,
            "enable_natpmp": False,
            "active_seeds": -1,
            "active_limit": -1,
            "alert_mask": lt.alert.category_t.storage_notification,
            "alert_queue_size": 100000,
        }
    )


def add(data, torrents, resume):
    ses = session()
    began = time.monotonic()
    for path in glob.glob(os.path.join(torrents, "*.torrent")):
        params = lt.add_torrent_params()
        params.ti = lt.torrent_info(path)
        params.save_path = data
        params.flags |= lt.torrent_flags.seed_mode
        params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
        ses.add_torrent(params)
    say("added", seconds=round(time.monotonic() - began, 3))
    handles = ses.get_torrents()
    for handle in handles:
        handle.save_resume_data(lt.save_resume_flags_t.save_info_dict)
    left = len(handles)
    while left > 0:
        ses.wait_for_alert(1000)
        for alert in ses.pop_alerts():
            if isinstance(alert, lt.save_resume_data_alert):
                name = os.path.join(resume, str(alert.params.info_hashes.v1))
                with open(name, "wb") as out:
                    out.write(lt.write_resume_data_buf(alert.params))
                left -= 1
            elif isinstance(alert, lt.save_resume_data_failed_alert):
                sys.exit(str(alert))


def run(began, resume):
    ses = session()
    for name in os.listdir(resume):
        with open(os.path.join(resume, name), "rb") as file:
            ses.async_add_torrent(lt.read_resume_data(file.read()))
    count = len(os.listdir(resume))
    while len(ses.get_torrents()) < count:
        time.sleep(0.05)
        ses.pop_alerts()
    say("listed", count=count, seconds=round(time.time() - began, 3))
    while not all(h.status().is_seeding for h in ses.get_torrents()):
        time.sleep(0.5)
        ses.pop_alerts()
    say("resting")
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    while not stopped:
        time.sleep(1)
        ses.pop_alerts()


def started():
    """When this process was started, in seconds since 1970."""
    with open("/proc/self/stat") as file:
        ticks = int(file.read().rsplit(")", 1)[1].split()[19])
    with open("/proc/stat") as file:
        boot = int([line for line in file if line.startswith("btime")][0].split()[1])
    return boot + ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    if sys.argv[1] == "add":
        os.makedirs(sys.argv[4], exist_ok=True)
        add(*sys.argv[2:5])
    else:
        run(started(), sys.argv[4])
