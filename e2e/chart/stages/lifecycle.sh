# The release is upgraded, rolled back, uninstalled and installed again over volumes in use; then all is deleted, and nothing is left.
echo "# upgrade and rollback under I/O"
certificate() { d get secret drover-node-tls -o jsonpath='{.data.tls\.crt}'; }
upgrade() { read_logs; helm upgrade drover "$top/charts/drover" -n $namespace --values "$work/values.yaml" "$@"; }
io_begins
first=$(certificate)
check "helm upgrade replaces all pods" upgrade --set controller.podAnnotations.round=two --set node.podAnnotations.round=two
check "all become ready" rolled_out
check "the certificates are kept" same "$(certificate)" "$first"
check "Drover answers" eventually 90 sockets_are_served
check "a new claim works" new_claim_works after-upgrade
rollback() { read_logs; helm rollback drover 1 -n $namespace; }
check "helm rollback" rollback
check "all become ready" rolled_out
check "Drover answers" eventually 90 sockets_are_served
check "helm upgrade renews certificates that come near their end" upgrade --set tls.generated.renewBeforeDays=2000
check "they are new" differ "$(certificate)" "$first"
check "controller and hosts take them" eventually 180 new_claim_works after-renewal
check "$io_by wrote and verified all the time without an error" io_ended_well
read_logs
check "no right was missing" no_right_missing

echo "# uninstall and install again"
volumes_before=$(d get volumes.drover.io -o name | sort)
check "helm uninstall ends" uninstall
check "no pod is left" eventually 60 none d get pods -o name
check "the volumes' records are left" same "$(d get volumes.drover.io -o name | sort)" "$volumes_before"
check "the pods read and write on" in_pod writer "sha256sum -c /data/sum && echo uninstalled > /data/file && sync"
check "helm install again" helm install drover "$top/charts/drover" -n $namespace --values "$work/values.yaml"
check "all become ready" rolled_out
check "Drover answers" eventually 90 sockets_are_served
k delete pod writer --wait=true > /dev/null
pod writer data | k apply -f - > /dev/null
check "a pod comes again on its volume" ready writer
check "with all its files" in_pod writer "grep -qx uninstalled /data/file && sha256sum -c /data/sum"

echo "# deletion"
check "pods go" k delete pod --all --timeout=120s
check "snapshots go" k delete volumesnapshot --all --timeout=180s
check "claims go" k delete pvc --all --timeout=120s
check "no persistent volume is left" eventually 120 no_volumes
check "no mount is left" eventually 30 nothing_mounted
check "no loop device is left" eventually 30 no_devices
check "no folder is left on the disk" eventually 30 no_folders
check "no record is left" eventually 30 no_records
check "no backup and no block is left in the bucket" eventually 30 no_backups
check "helm uninstall ends" uninstall
definitions_left() { test "$(kubectl get crd -o name | grep -c '\.drover\.io$')" = 9; }
check "the definitions are left" definitions_left
