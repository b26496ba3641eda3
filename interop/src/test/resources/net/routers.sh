#!/bin/sh
# Two local networks, each behind a router that translates addresses and lets in answers only, and the world between the routers: five network
# namespaces. To be run by `unshare -rn`; prints the processes by which those of the world and of the two hosts are entered.
set -eu
holders=
hold() {
  unshare -n sleep 600 &
  holder=$!
  holders="$holders $holder"
  # A namespace is there when its process has another one than this.
  while [ "$(readlink /proc/$holder/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
}
trap 'kill $holders' EXIT TERM INT
on() { process=$1; shift; nsenter -t $process -n "$@"; }
ip link set lo up
echo 1 > /proc/sys/net/ipv4/ip_forward
hosts=
for n in 1 2; do
  hold
  router=$holder
  hold
  host=$holder
  hosts="$hosts $host"
  ip link add wan$n type veth peer name wan netns $router
  ip addr add 5.6.$n.1/24 dev wan$n
  ip link set wan$n up
  on $router ip link add lan type veth peer name eth0 netns $host
  on $router ip addr add 5.6.$n.2/24 dev wan
  on $router ip addr add 192.168.$n.1/24 dev lan
  on $router ip link set wan up
  on $router ip link set lan up
  on $router ip route add default via 5.6.$n.1
  on $router sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
  on $router nft -f - <<RULES
table inet filter {
  chain forward {
    type filter hook forward priority 0; policy drop;
    iifname "lan" accept
    ct state established,related accept
  }
  chain input {
    type filter hook input priority 0; policy drop;
    iifname "lan" accept
  }
  chain postrouting {
    type nat hook postrouting priority 100;
    oifname "wan" masquerade
  }
}
RULES
  on $host ip link set lo up
  on $host ip addr add 192.168.$n.2/24 dev eth0
  on $host ip link set eth0 up
  on $host ip route add default via 192.168.$n.1
done
echo "ready $$$hosts"
wait $holder
