# Runs a command with a folder in the place of /opt/slotless, as when an image is built. /opt keeps what else it has.
# usage: unshare … sh with-home.sh FOLDER COMMAND…
set -e
folder=$1
shift
mkdir -p "$folder" "$folder.opt/slotless"
mkdir -p /opt 2> /dev/null || true
mount -t overlay -o "lowerdir=$folder.opt:/opt" overlay /opt
mount --bind "$folder" /opt/slotless
exec "$@"
