#!/bin/sh
# A router with a local network behind it and the world before it: three network namespaces. To be run by `unshare -rn`;
# prints the processes by which the namespaces are entered, then what miniupnpd tells.
set -eu
folder=$1
unshare -n sleep 600 & lan=$!
unshare -n sleep 600 & world=$!
daemon=
trap 'kill $lan $world $daemon' EXIT TERM INT
# A namespace is there when its process has another one than this.
for process in $lan $world; do
  while [ "$(readlink /proc/$process/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
done
ip link set lo up
ip link add lan0 type veth peer name eth0 netns $lan
ip link add wan0 type veth peer name eth0 netns $world
ip addr add 192.168.77.1/24 dev lan0
ip addr add 5.6.7.1/24 dev wan0
ip link set lan0 up
ip link set wan0 up
echo 1 > /proc/sys/net/ipv4/ip_forward
inside() { nsenter -t "$1" -n ip link set lo up; nsenter -t "$1" -n ip addr add "$2" dev eth0; nsenter -t "$1" -n ip link set eth0 up; }
inside $lan 192.168.77.2/24
inside $world 5.6.7.2/24
nsenter -t $lan -n ip route add default via 192.168.77.1
nft -f - <<RULES
table inet filter {
  chain miniupnpd { }
  chain prerouting_miniupnpd { }
  chain postrouting_miniupnpd { }
  chain forward {
    type filter hook forward priority 0; policy drop;
    iifname "lan0" accept
    ct state established,related accept
    jump miniupnpd
  }
  chain prerouting { type nat hook prerouting priority -100; jump prerouting_miniupnpd; }
  chain postrouting {
    type nat hook postrouting priority 100;
    jump postrouting_miniupnpd
    oifname "wan0" masquerade
  }
}
RULES
cat > "$folder/miniupnpd.conf" <<CONF
ext_ifname=wan0
listening_ip=lan0
ext_ip=5.6.7.1
port=0
enable_natpmp=yes
enable_upnp=yes
secure_mode=yes
uuid=5ad4a8a6-6a4c-4f3b-9d2e-0d6f5e1f9c21
allow 1024-65535 192.168.77.0/24 1024-65535
CONF
miniupnpd -d -f "$folder/miniupnpd.conf" -P "$folder/miniupnpd.pid" 2>&1 &
daemon=$!
echo "ready $$ $lan $world"
wait $daemon
