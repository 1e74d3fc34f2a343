#!/bin/sh
# The guest's first process (run.sh starts it): modules, the file systems that are the kernel's own, the scenario, the end.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev 2>/dev/null
mkdir -p /dev/shm /dev/net
[ -e /dev/net/tun ] || mknod /dev/net/tun c 10 200
mount -t tmpfs run /run

modules=$GUEST_MODULES/$(uname -r)
load() { # NAME: with all that it needs, the deepest first
  files=
  for file in $(grep "/$1\.ko:" "$modules/modules.dep" | tr -d :); do files="$modules/$file $files"; done
  for file in $files; do busybox insmod "$file" 2>/dev/null; done
}
for module in ipv6 8021q bridge veth tun sch_htb sch_tbf cls_u32; do load $module; done
ip link set lo up
ulimit -n 65536

cd "$GUEST_ROOT" || exit
# shellcheck disable=SC2086 # the scenario and its options are words
PXEMESH_LAB_PATIENCE=5 PXEMESH_ROOT=$GUEST_ROOT "$GUEST_JAVA/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
  --enable-native-access=ALL-UNNAMED -jar lab/target/pxemesh-lab.jar lab $GUEST_COMMAND
echo $? >"$GUEST_STATUS"
busybox poweroff -f
