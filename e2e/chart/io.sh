# I/O on a volume while parts of Drover die, and what is expected of Drover then. Sourced by `run`.
#
# fio writes and verifies a file of the pod `writer`, from the host: its mount is the pod's.
io_begins() {
  local file
  file=$(mount_of writer data)/fio
  rm -f "$work/io-stop" "$work/io-errors" "$work/io-rounds"
  while [ ! -e "$work/io-stop" ]; do
    fio --name=chart --filename="$file" --size=24M --rw=randwrite --bs=4k --iodepth=8 --ioengine=libaio --direct=1 --verify=crc32c --verify_fatal=1 \
      --verify_backlog=256 > "$work/io.log" 2>&1 || { cat "$work/io.log" >> "$work/io-errors"; }
    echo round >> "$work/io-rounds"
  done &
  io=$!
}
io_ended_well() { touch "$work/io-stop"; wait "$io"; cat "$work/io-errors" 2> /dev/null; test ! -e "$work/io-errors" && test "$(wc -l < "$work/io-rounds")" -ge 2; }
another_leads() { local now; now=$(leader); [ -n "$now" ] && [ "$now" != "$1" ] && drover status; }
new_claim_works() { # <name>
  claim "$1" 1Gi "" | k apply -f - && pod "$1" "$1" | k apply -f - && ready "$1" 180 && in_pod "$1" "echo $1 > /data/file && sync" && k delete pod "$1" --wait=true && k delete pvc "$1" --wait=true
}
lab_kill() { local pid; read -r pid _ < "$lab_work/run/pids/$1" && kill -9 "$pid"; }
# lose <pod>: it dies at once with all its containers; its controller makes another one. Unlike a container that is killed again and again,
# that one is not held back by the kubelet.
lose() { d delete pod "$1" --grace-period=0 --force; }
