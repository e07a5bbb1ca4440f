# Runs a command with a folder as its root, read-only but for /tmp, as user 10001, as a container runtime does.
# usage: unshare … sh in-root.sh ROOT COMMAND…
set -e
root=$1
shift
mount --bind "$root" "$root"
mount -t tmpfs -o size=16m,mode=1777 tmpfs "$root/tmp"
mount --rbind /proc "$root/proc"
for device in null zero random urandom; do mount --bind "/dev/$device" "$root/dev/$device"; done
mount -o remount,bind,ro "$root"
chroot=$(command -v chroot || command -v /usr/sbin/chroot)
cd "$root"
if [ "$(id -u)" = 0 ]; then
  exec "$chroot" --userspec=10001:10001 --groups=10001 "$root" "$@"
else
  exec "$chroot" "$root" "$@"
fi
