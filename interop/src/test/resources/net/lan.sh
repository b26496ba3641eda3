#!/bin/sh
# Two hosts on one cable: two network namespaces. To be run by `unshare -rn`; prints the processes by which the namespaces are entered.
set -eu
unshare -n sleep 600 & one=$!
unshare -n sleep 600 & two=$!
trap 'kill $one $two' EXIT TERM INT
# A namespace is there when its process has another one than this.
for process in $one $two; do
  while [ "$(readlink /proc/$process/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
done
ip link add eth0 netns $one type veth peer name eth0 netns $two
inside() {
  process=$1
  shift
  for address in "$@"; do nsenter -t $process -n ip addr add "$address/24" dev eth0; done
  nsenter -t $process -n ip link set lo up
  nsenter -t $process -n ip link set eth0 up
  nsenter -t $process -n ip route add default dev eth0
}
inside $one 10.77.0.1 10.77.0.3
inside $two 10.77.0.2
echo "ready $$ $one $two"
wait $one
