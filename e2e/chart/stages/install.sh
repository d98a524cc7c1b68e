# The chart is installed, and everything becomes ready.
echo "# install"
values > "$work/values.yaml"
check "helm finds no fault with the chart" helm lint --strict "$top/charts/drover" --values "$work/values.yaml"
check "helm install" helm install drover "$top/charts/drover" -n $namespace --create-namespace --values "$work/values.yaml"
check "controller and node become ready" rolled_out
node_knows_driver() { kubectl get csinode -o jsonpath='{.items[0].spec.drivers[*].name}' | grep -w drover.io; }
check "the kubelet knows the driver" eventually 60 node_knows_driver
check "a controller leads, and answers the command line" eventually 60 sockets_are_served
host_is_ready() { test "$(d get storagenodes.drover.io -o jsonpath='{.items[0].status.ready}')" = true; }
check "the host is a StorageNode, and ready" eventually 60 host_is_ready
no_restarts() { local counts; counts=$(d get pods -o jsonpath='{.items[*].status.containerStatuses[*].restartCount}') && [ -n "$counts" ] && none tr -d ' 0\n' <<< "$counts"; }
check "no container was started again" no_restarts
kubectl create namespace drover-e2e > /dev/null
check "the service account is there" eventually 30 k get serviceaccount default
