#!/bin/sh
# A host with two interfaces, of which w0 has the better route and b0 is not there yet: a network namespace. To be run by `unshare -rn`;
# prints the process by which the namespace is entered. What leaves by b0 is counted by kind.
set -eu
echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link set lo up
ip link add w0 type veth peer name w1
ip addr add 10.8.0.2/24 dev w0
ip link set w0 up
ip link set w1 up
ip route add default via 10.8.0.1 dev w0
nft -f - <<RULES
table inet probe {
  counter k_peers { }
  counter k_utp { }
  counter k_web { }
  counter k_http { }
  counter k_udp { }
  counter k_dht { }
  counter k_names { }
  counter k_lsd { }
  counter k_pcp { }
  counter k_upnp { }
  chain out {
    type filter hook output priority 0;
    oifname "b0" tcp dport 7001 counter name k_peers
    oifname "b0" udp dport 7001 counter name k_utp
    oifname "b0" tcp dport 7002 counter name k_http
    oifname "b0" udp dport 7003 counter name k_udp
    oifname "b0" udp dport 7004 counter name k_dht
    oifname "b0" tcp dport 7005 counter name k_web
    oifname "b0" udp dport 53 counter name k_names
    oifname "b0" udp dport 6771 counter name k_lsd
    oifname "b0" udp dport 5351 counter name k_pcp
    oifname "b0" udp dport 1900 counter name k_upnp
  }
}
RULES
sleep 600 & rest=$!
trap 'kill $rest' EXIT TERM INT
echo "ready $$"
wait $rest
