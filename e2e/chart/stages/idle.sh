# Many volumes that nobody uses, and what the containers take for them. Not among the stages that run by themselves. DROVER_IDLE sets how many.
count=${DROVER_IDLE:-500}
echo "# $count idle volumes"
many() { local i; for i in $(seq "$count"); do echo ---; claim "idle-$i" 16Mi "" Filesystem drover-now; done; }
began=$SECONDS
many | k apply -f - > /dev/null
all_bound() { test "$(k get pvc -o jsonpath='{range .items[*]}{.metadata.name} {.status.phase}{"\n"}{end}' | grep -c '^idle-.* Bound$')" = "$count"; }
check "all claims are bound" eventually 900 all_bound
echo "all of them after $((SECONDS - began)) s"
sleep 60
figures_of_containers
sleep 60
echo "a minute later:"
figures_of_containers
began=$SECONDS
k delete --wait=true --timeout=900s $(k get pvc -o name | grep /idle-) > /dev/null
check "all claims are gone" no_claims idle-
echo "deleted after $((SECONDS - began)) s"
