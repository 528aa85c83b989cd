# tc loads a filter, pins its map and ends; what the map has counted outlives tc and the filter. Runs in
# mount and network namespaces of its own.
set -e
mount -t bpf bpf /sys/fs/bpf
ip link set lo up
tc qdisc add dev lo clsact
tc filter add dev lo ingress bpf da obj "$FILTER" sec tc
printf x | python3 -c 'import socket, sys
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(sys.stdin.buffer.read(), ("127.0.0.1", 9))'
tc filter del dev lo ingress
bpftool -j map dump pinned /sys/fs/bpf/tc/globals/packets >"$PLACE/counted"
rm /sys/fs/bpf/tc/globals/packets
umount /sys/fs/bpf
