# Changed blocks for backup software, as it asks for them: by the sidecar, with a token, over TLS.
echo "# changed blocks"
able network "changed blocks are told to backup software" || return 0
kubectl apply -f - > /dev/null <<Y
apiVersion: v1
kind: ServiceAccount
metadata: {name: backup-software, namespace: drover-e2e}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: drover-e2e-backup-software}
rules:
  - {apiGroups: [snapshot.storage.k8s.io], resources: [volumesnapshots, volumesnapshotcontents], verbs: [get, list]}
  - {apiGroups: [cbt.storage.k8s.io], resources: [snapshotmetadataservices], verbs: [get, list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: drover-e2e-backup-software}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: drover-e2e-backup-software}
subjects: [{kind: ServiceAccount, name: backup-software, namespace: drover-e2e}]
Y
raw_write() { in_pod raw-writer "dd if=/dev/urandom of=/dev/raw bs=1M seek=$1 count=$2 conv=fsync 2> /dev/null"; }
check "the device is written" raw_write 300 4
snapshot blocks-one raw drover-snapshot | k apply -f - > /dev/null
check "a snapshot of it becomes ready" usable blocks-one 60
check "it is written again" raw_write 500 2
snapshot blocks-two raw drover-snapshot | k apply -f - > /dev/null
check "another snapshot becomes ready" usable blocks-two 60

# blocks <file of the token> allocated <snapshot> | delta <handle of the base> <snapshot>: ranges in MiB, from the service that the cluster names
blocks() {
  local token=$1 service=snapshotmetadataservice/drover.io address host; shift
  address=$(kubectl get "$service" -o jsonpath='{.spec.address}')
  host=${address%:*}
  kubectl get "$service" -o jsonpath='{.spec.caCert}' | base64 -d > "$work/metadata-ca.pem"
  # The lab has no DNS: the Service's address instead of its name.
  cluster_exec "$java" -Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider -cp "$top/program/target/lib/*" "$here/SnapshotMetadataClient.java" \
    "$host" "$(d get service "${host%%.*}" -o jsonpath='{.spec.clusterIP}'):${address##*:}" "$work/metadata-ca.pem" "$token" drover-e2e "$@"
}
good=$work/good-token wrong=$work/wrong-token
k create token backup-software --audience="$(kubectl get snapshotmetadataservice drover.io -o jsonpath='{.spec.audience}')" > "$good"
echo wrong > "$wrong"
holds() { local range=$1; shift; "$@" > "$work/blocks" || { cat "$work/blocks"; return 1; }; cat "$work/blocks"; awk -v a="${range%-*}" -v b="${range#*-}" '$1 <= a && $2 >= b { found = 1 } END { exit !found }' "$work/blocks"; }
check "the blocks in use are told" holds 300-304 blocks "$good" allocated blocks-one
delta=(delta "$(handle_of blocks-one)" blocks-two)
check "the changed blocks are told" holds 500-502 blocks "$good" "${delta[@]}"
check "and no more" test "$(awk '{ sum += $2 - $1 } END { print sum }' "$work/blocks")" = 2
several() { local i; for i in 1 2 3 4 5 6; do blocks "$good" "${delta[@]}" || return 1; done; }
check "each call is answered" several
led=$(leader)
check "the leader's pod is deleted at once" lose "$led"
check "another one leads" eventually 90 another_leads "$led"
# The Service may still name the pod that is gone.
check "each call is answered, whoever leads" eventually 60 several
check "a wrong token is refused" says UNAUTHENTICATED blocks "$wrong" "${delta[@]}"
k delete volumesnapshot blocks-one blocks-two --wait=true > /dev/null
