# The lab beside this repository: a cluster on this very host, built from Go modules (DROVER_K8S_LAB=<directory> for another place). Sourced by
# `run`; what each function is for stands in README.md beside this.
lab=${DROVER_K8S_LAB:-$top/../shared/k8s-lab}/lab
lab_work=${LAB_WORK:-${XDG_CACHE_HOME:-$HOME/.cache}/k8s-lab}
busybox_image=busybox:lab
target_url=s3://backups@us-east-1/chart/
device=
s3=
# The loop devices that others had before.
loops_before=

cluster_missing() {
  local program
  [ "$(id -u)" = 0 ] || { echo "it needs root"; return; }
  [ -x "$lab" ] || { echo "no lab at ${lab%/lab}; set DROVER_K8S_LAB, or DROVER_CLUSTER=kubeconfig for a cluster of yours"; return; }
  for program in ip nft openssl busybox fio; do command -v $program > /dev/null || { echo "the program $program is not installed"; return; }; done
  if command -v go > /dev/null; then
    local said
    said=$("$lab" build 2>&1) || { tail -n 3 <<< "$said" >&2; echo "the lab's binaries could not be built"; }
  else
    [ -x "$lab_work/bin/kubelet" ] || echo "the lab is not built and Go is not installed"
  fi
}
cluster_can() { :; }

cluster_image() {
  engine=${DROVER_K8S_ENGINE:-}
  if [ -z "$engine" ]; then
    modprobe btrfs 2> /dev/null
    if grep -qw btrfs /proc/filesystems && command -v mkfs.btrfs > /dev/null; then engine=btrfs; else engine=xfs; fi
  fi
  echo "# cluster and image (pool: $engine)"
  check "Drover is built" "$top/drover" build
  image=${DROVER_IMAGE:-}
  if [ -z "$image" ]; then
    image=$top/target/image/drover.tar
    check "the image is built" "$top/deploy/image/build"
  fi
  [ -s "$image" ] || finish
}
cluster_up() {
  clear_the_way || finish
  loops_before=$(loops)
  pool=$work/pool
  data=$work/data
  truncate -s 16G "$work/pool.img"
  mkdir "$pool" "$data"
  device=$(losetup --find --show --direct-io=on "$work/pool.img") && "mkfs.$engine" -q -f "$device" && mount "$device" "$pool" || { failed "a pool"; finish; }
  # What is mounted below these must be seen by the kubelet and by all pods; where systemd runs, everything is shared like that.
  mount --bind "$data" "$data" && mount --make-rshared "$data" && mount --make-rshared "$pool" || { failed "shared mounts"; finish; }
  check "the cluster is up" "$lab" up
  check "snapshot CRDs and controller are there" "$lab" snapshots --pod
  check "it takes snapshots of groups" kubectl -n kube-system patch deployment snapshot-controller --type=json \
    -p '[{"op": "add", "path": "/spec/template/spec/containers/0/args/-", "value": "--feature-gates=CSIVolumeGroupSnapshot=true"}]'
  check "the definition of SnapshotMetadataService is there" kubectl apply -f "$here/snapshotmetadataservice.yaml"
}
cluster_load_image() { check "the image is loaded" "$lab" load "$image"; }
cluster_kept() { echo "$lab status"; }
cluster_down() {
  # Refused, this has nothing to take down: what runs is another's.
  grep -qs "^$$|" "$lab_mark" || return 0
  [ -z "$s3" ] || { kill "$s3" 2> /dev/null; wait "$s3" 2> /dev/null; }
  put_away "$work" "$work/down.log"
  # What a failure left; the pool's own is the last.
  [ -z "$device" ] || { new_loops | detach 2> /dev/null; losetup -d "$device" 2> /dev/null; }
  rm -f "$lab_mark"
}

# The cluster belongs to one run at a time, whose process and folder stand here.
lab_mark=$lab_work/drover-chart-run
# A run that was cut off, or whose cluster was kept, has left a cluster whose state would be this one's, and may have left a pool.
clear_the_way() {
  local pid started old
  if [ -e "$lab_mark" ] && IFS='|' read -r pid started old < "$lab_mark" && [[ $old == /var/tmp/drover-chart-* ]]; then
    if [ "$(ps -o lstart= -p "$pid")" = "$started" ]; then failed "another run ($pid) has the lab's cluster"; return 1; fi
    echo "(what an earlier run left is cleared away: $old)"
    pkill -f -e -- "--properties $old/s3.properties" | sed 's/^/  /'
    put_away "$old" /dev/null
    loops | grep -e " $old/" -e ' /volumes/pvc-' | detach
    rm -rf --one-file-system "$old"
  elif "$lab" status | grep -q '^ .* pid '; then
    failed "the lab runs a cluster that no run of this has made; $lab down --wipe ends it"; return 1
  else
    put_away "$work" /dev/null
  fi
  echo "$$|$(ps -o lstart= -p $$)|$work" > "$lab_mark"
}
# put_away <folder of a run> <log>: the cluster, and all mounts below the folder. The kubelet has loop devices over those of raw block volumes,
# which keep these in use.
put_away() {
  local mount
  "$lab" down > "$2" 2>&1
  loops | grep -e ' .*/volumeDevices/' | detach
  "$lab" down --wipe >> "$2" 2>&1
  awk -v root="$1/" 'index($5, root) == 1 { print $5 }' /proc/self/mountinfo | tac | while read -r mount; do umount -l "$mount" 2> /dev/null; done
}

cluster_kubectl() { "$lab" kubectl "$@"; }
cluster_exec() { "$lab" exec "$@"; }
cluster_node_name() { "$lab" env | sed -n 's/^NODE=//p'; }
# The pool is a disk. The stage `disks` adds one in the data folder.
cluster_values() {
  cat <<Y
node:
  dataDir: $data
  disks:
    - {path: $pool, tags: [fast]}
Y
}
# What the agents may do; they get no more than this machine grants us.
cluster_capabilities() { awk '/CapEff/ { print $2 }' /proc/self/status; }

# A real S3 server in the cluster's network.
start_s3() {
  java=${JAVA_HOME:-$(cat "$top/program/target/launcher.jdk")}/bin/java
  s3_key=chart-key
  s3_secret=$(openssl rand -hex 16)
  s3_address=$("$lab" env | sed -n 's/^NODE_IP=//p'):9000
  mkdir -p "$work/s3/backups"
  (umask 077; cat > "$work/s3.properties" <<P
s3proxy.endpoint=http://$s3_address
s3proxy.authorization=aws-v4
s3proxy.identity=$s3_key
s3proxy.credential=$s3_secret
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/s3
P
  )
  "$lab" exec "$java" -Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$top/e2e/trial-s3/target/s3proxy/*" org.gaul.s3proxy.Main \
    --properties "$work/s3.properties" > "$work/s3.log" 2>&1 &
  s3=$!
  eventually 60 "$lab" exec bash -c ": < /dev/tcp/${s3_address%:*}/${s3_address#*:}"
}
bucket_files() { find "$work/s3/backups" -type f; }

cluster_kill_container() {
  local id
  id=$(d get pod "$1" -o jsonpath="{.status.containerStatuses[?(@.name==\"$2\")].containerID}")
  [ -n "$id" ] && "$lab" ctr tasks kill -s SIGKILL "${id#containerd://}"
}
# Until it has ended: the lab would take one that is still ending for one that runs.
cluster_kill_part() { local pid; read -r pid _ < "$lab_work/run/pids/$1" && kill -9 "$pid" && eventually 20 ended "$pid"; }
ended() { ! kill -0 "$1"; }
cluster_revive() { "$lab" up; }
# cluster_process <container id>: the process id of its first process on this host
cluster_process() { "$lab" ctr tasks ls 2> /dev/null | awk -v id="${1#containerd://}" '$1 == id { print $2 }'; }

io_by=fio
io_begins() {
  local file
  file=$(mount_of writer data)/fio
  rm -f "$work/io-stop" "$work/io-errors" "$work/io-rounds"
  while [ -d "$work" ] && [ ! -e "$work/io-stop" ]; do
    fio --name=chart --filename="$file" --size=24M --rw=randwrite --bs=4k --iodepth=8 --ioengine=libaio --direct=1 --verify=crc32c --verify_fatal=1 \
      --verify_backlog=256 --verify_state_save=0 > "$work/io.log" 2>&1 || { cat "$work/io.log" >> "$work/io-errors"; }
    echo round >> "$work/io-rounds"
  done &
  io=$!
}

# As after a loss of power: no process of a pod, no mount and no loop device is left, and what lies on disks is. Then the host comes again.
cluster_reboot() {
  local task mount
  cluster_kill_part kubelet || return
  for task in $("$lab" ctr tasks ls -q 2> /dev/null); do "$lab" ctr tasks kill --all --signal SIGKILL "$task" 2> /dev/null; done
  eventually 30 none sh -c "'$lab' ctr tasks ls 2> /dev/null | sed -n /RUNNING/p" || return
  # The kubelet's own first, over the devices of block volumes: unmounted, their files have no names any more.
  loops | grep -e ' .*/volumeDevices/' | detach
  awk '{ print $5 }' /proc/self/mountinfo | grep -e '^/var/lib/kubelet/.*csi' -e '^/var/lib/kubelet/.*volume-subpaths' -e "^$data/" -e "^$pool\(/\|\$\)" | tac \
    | while read -r mount; do umount -l "$mount"; done
  new_loops | detach
  eventually 30 no_devices && nothing_mounted || return
  mount "$device" "$pool" && mount --make-rshared "$pool" && "$lab" up
}
cluster_wipe() {
  umount "$pool" && "mkfs.$engine" -q -f "$device" && mount "$device" "$pool" && mount --make-rshared "$pool" && find "$data" -mindepth 1 -delete
}
# A disk that is no folder on btrfs or XFS is an image file, mounted below the data folder.
nothing_mounted() { ! grep "$pool/volumes\|$data/[^ ]*/volumes\|kubernetes.io~csi/pvc" /proc/self/mountinfo; }
no_folders() {
  local disk
  none ls -A "$pool/volumes" || return
  for disk in "$data"/extra "$data"/mounts/*; do
    [ ! -d "$disk/volumes" ] || none ls -A "$disk/volumes" || return
  done
}

# Each loop device with its file.
loops() { grep -sH . /sys/block/loop*/loop/backing_file | sed 's|^/sys/block/\([^/]*\)/loop/backing_file:|/dev/\1 |'; }
# Those that came since. The machine may have other Drovers, and of a volume's file the kernel tells the path in the agent's mounts: it does not
# begin with the pool's place on the host.
new_loops() { loops | grep -vxF -e "$loops_before" | grep -e ' .*/volumes/pvc-' -e " $work/"; }
# Those of a list, but for the pool's own.
detach() { local loop; while read -r loop _; do [ "$loop" = "$device" ] || losetup -d "$loop"; done; }
# The pool's own is there: a list without it is an error. Images of disks are no volumes.
no_devices() { local all; all=$(new_loops) && grep -q "^$device " <<< "$all" && ! grep -v -e "^$device " -e /drover-pool.img <<< "$all"; }
