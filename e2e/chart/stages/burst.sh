# Many claims with pods at once, and the time from asking for a pod until it runs. Not among the stages that run by themselves: it takes minutes.
# DROVER_BURST sets how many (default 100; a node holds 110 pods).
count=${DROVER_BURST:-100}
echo "# $count claims and pods at once"
burst() {
  local i
  for i in $(seq "$count"); do
    echo ---; claim "burst-$i" 64Mi ""
    echo ---; pod "burst-$i" "burst-$i" | sed 's/^metadata: {name: \(.*\)}$/metadata: {name: \1, labels: {burst: "yes"}}/'
  done
}
began=$SECONDS
burst | k apply -f - > /dev/null
check "all run" k wait --for=condition=Ready pod -l burst=yes --timeout=900s
echo "all of them after $((SECONDS - began)) s"
# Seconds of each pod, sorted; Kubernetes tells whole seconds.
times=$(k get pods -l burst=yes -o jsonpath='{range .items[*]}{.metadata.creationTimestamp} {.status.conditions[?(@.type=="Ready")].lastTransitionTime}{"\n"}{end}' \
  | while read -r from to; do echo $(($(date -d "$to" +%s) - $(date -d "$from" +%s))); done | sort -n)
percentile() { sed -n "$((($count * $1 + 99) / 100))p" <<< "$times"; }
echo "until a pod runs: p50 $(percentile 50) s, p99 $(percentile 99) s"
failed_tries() { k get events --field-selector type=Warning -o jsonpath='{range .items[*]}{.reason}{"\n"}{end}' | grep -c 'ProvisioningFailed\|FailedMount\|FailedAttachVolume' || true; }
echo "failed tries that were made again: $(failed_tries)"
figures_of_containers
began=$SECONDS
k delete pod -l burst=yes --wait=true --timeout=300s > /dev/null
k delete --wait=true --timeout=600s $(k get pvc -o name | grep /burst-) > /dev/null
check "all claims are gone" no_claims burst-
echo "deleted after $((SECONDS - began)) s"
