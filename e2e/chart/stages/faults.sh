# Parts of Drover die, by kill -9 and with their pods, while fio writes and verifies on a volume. No error may reach the workload, and Drover must
# serve again.
echo "# killed under I/O"
io_begins
led=$(leader)
check "the leading controller dies by kill -9" kill_container "$led" controller
check "a controller leads again" eventually 90 sockets_are_served
check "a new claim works after that" new_claim_works after-kill
led=$(leader)
check "the leader's pod is deleted at once" lose "$led"
check "another one leads" eventually 90 another_leads "$led"
check "a new claim works after that" new_claim_works after-leader
check "the agent dies by kill -9" kill_container "$(pod_of node)" agent
check "the host is ready again" eventually 90 new_claim_works after-agent
before=$(pod_of node)
check "the node's pod is deleted at once" lose "$before"
node_is_new() { local now; now=$(pod_of node); [ -n "$now" ] && [ "$now" != "$before" ] && d wait --for=condition=Ready "pod/$now" --timeout=5s; }
check "a new one becomes ready" eventually 120 node_is_new
check "a new claim works after that" new_claim_works after-node
if able parts "the kubelet dies by kill -9" "the API server dies by kill -9"; then
  check "the kubelet dies by kill -9" cluster_kill_part kubelet
  check "and comes again" cluster_revive
  check "a new claim works after that" new_claim_works after-kubelet
  read_logs
  check "the API server dies by kill -9" cluster_kill_part kube-apiserver
  check "and comes again" cluster_revive
  check "a controller leads" eventually 90 sockets_are_served
  check "a new claim works after that" new_claim_works after-server
  # An API server that begins forbids what it has not read the roles of: that is no right that is missing.
  logs_since=$(date -u +%FT%TZ)
fi
check "the mover dies by kill -9" kill_container "$(pod_of node)" mover
snapshot after-mover data drover-backup | k apply -f - > /dev/null
check "a backup asked for right then becomes ready" usable after-mover 240
check "$io_by wrote and verified all the time without an error" io_ended_well
check "the pod's files are as they were" in_pod writer "sha256sum -c /data/sum"
