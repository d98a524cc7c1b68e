# Parts of Drover die, by kill -9 and with their pods, while fio writes and verifies on a volume. No error may reach the workload, and Drover must
# serve again.
echo "# killed under I/O"
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
io_begins
led=$(leader)
check "the leading controller dies by kill -9" kill_container "$led" controller
check "a controller leads again" eventually 90 sockets_are_served
check "a new claim works after that" new_claim_works after-kill
led=$(leader)
check "the leader's pod is deleted at once" d delete pod "$led" --grace-period=0 --force
check "another one leads" eventually 90 another_leads "$led"
check "a new claim works after that" new_claim_works after-leader
check "the agent dies by kill -9" kill_container "$(pod_of node)" agent
check "the host is ready again" eventually 90 new_claim_works after-agent
before=$(pod_of node)
check "the node's pod is deleted at once" d delete pod "$before" --grace-period=0 --force
node_is_new() { local now; now=$(pod_of node); [ -n "$now" ] && [ "$now" != "$before" ] && d wait --for=condition=Ready "pod/$now" --timeout=5s; }
check "a new one becomes ready" eventually 120 node_is_new
check "a new claim works after that" new_claim_works after-node
lab_kill() { local pid; read -r pid _ < "$lab_work/run/pids/$1" && kill -9 "$pid"; }
check "the kubelet dies by kill -9" lab_kill kubelet
check "and comes again" "$lab" up
check "a new claim works after that" new_claim_works after-kubelet
check "the API server dies by kill -9" lab_kill kube-apiserver
check "and comes again" "$lab" up
check "a controller leads" eventually 90 sockets_are_served
check "a new claim works after that" new_claim_works after-server
check "the mover dies by kill -9" kill_container "$(pod_of node)" mover
snapshot after-mover data drover-backup | k apply -f - > /dev/null
check "a backup asked for right then becomes ready" usable after-mover 240
check "fio wrote and verified all the time without an error" io_ended_well
check "the pod's files are as they were" in_pod writer "sha256sum -c /data/sum"
