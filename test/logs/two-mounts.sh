# Two bpffs, links and renames across directories, a working directory that keeps a mount busy, and
# another mount namespace. Runs in a mount namespace of its own.
set -e
mount -t bpf bpf "$PLACE/a"
mount -t bpf bpf "$PLACE/b"
bpftool map create "$PLACE/a/one" type hash key 4 value 4 entries 4 name one
bpftool map create "$PLACE/b/two" type array key 4 value 4 entries 4 name two
cd "$PLACE/a"
mkdir d
mv one d/uno
ln d/uno d/eins
bpftool map pin pinned "$PLACE/a/d/uno" "$PLACE/a/three"
bpftool map pin pinned "$PLACE/a/d/uno" "$PLACE/a/three" || true
mv d e
rm e/eins
(cd e && umount "$PLACE/a" || true)
cd /
unshare -m sh -c 'umount "$PLACE/b" && rm "$PLACE/a/three"'
rmdir "$PLACE/a/e" || true
rm -r "$PLACE/a/e"
umount "$PLACE/b"
umount -l "$PLACE/a"
