"""The implementation under test of the example: pins of one process, as linux-6.18 has them."""

class Fail(Exception): pass

class Node:  # A directory has names; a pin has an object; of an instance or (0) of the host tree.
    def __init__(self, instance, parent, names=None, obj=0, below=None):
        self.instance, self.parent, self.names, self.obj = instance, parent or self, names, obj
        self.below, self.above = below, None  # what it is mounted on, and what is mounted on it

objects = instances = 0  # numbers given so far; never given twice, not even after a reset

def reset(host, descriptors):
    global root, fds, pins, limit
    root, fds, pins, limit = Node(0, None, {}), {}, [], descriptors
    for path in host:
        folder, name, _ = walk(path)
        folder.names[name] = Node(0, folder, {} if path.endswith("/") else None)

def lookup(node, name):
    if name == ".": return node
    if name == "..":
        while node.below: node = node.below
        node = node.parent
    elif name in node.names: node = node.names[name]
    elif node.instance and "." in name: raise Fail("EPERM")
    elif len(name.encode()) > 255: raise Fail("ENAMETOOLONG")
    else: return None
    while node.above: node = node.above
    return node

def walk(path):  # The last folder; the last name, unless it is a dot or two; what is there, if anything.
    if path is None: raise Fail("EFAULT")
    if len(path.encode()) > 4095: raise Fail("ENAMETOOLONG")
    if not path: raise Fail("ENOENT")
    folder, name, node = root, None, root
    for part in filter(None, path.split("/")):
        if not node: raise Fail("ENOENT")
        if node.names is None: raise Fail("ENOTDIR")
        folder, name, node = node, part, lookup(node, part)
    return folder, None if name in (".", "..") else name, node

def find(path):  # What is there, which must be a directory if a slash ends its path.
    node = walk(path)[2]
    if not node: raise Fail("ENOENT")
    if path.endswith("/") and node.names is None: raise Fail("ENOTDIR")
    return node

def install(obj):
    free = [fd for fd in range(3, limit) if fd not in fds]
    if not free: raise Fail("EMFILE")
    fds[free[0]] = obj
    return free[0]

def play(call):
    global objects, instances
    name, path, fd = call["call"], call.get("path"), call.get("fd")
    if name == "BPF_MAP_CREATE":
        sizes = call["keySize"], call["valueSize"], call["maxEntries"]
        if 0 in sizes or call["type"].endswith("ARRAY") and sizes[0] != 4: raise Fail("EINVAL")
        fd = install(objects + 1)
        objects += 1
        return fd
    if name == "BPF_OBJ_GET":
        node = find(path)
        if not node.obj: raise Fail("EACCES")
        return install(node.obj)
    if name == "BPF_OBJ_PIN":
        if fd not in fds: raise Fail("EINVAL")
        folder, last, node = walk(path)
        if node: raise Fail("EEXIST")
        if path.endswith("/"): raise Fail("ENOENT")
        if not folder.instance: raise Fail("EPERM")
        folder.names[last] = Node(folder.instance, folder, obj=fds[fd])
        pins.append(fds[fd])
    elif name == "unlink":
        folder, last, node = walk(path)
        if last and not node: raise Fail("ENOENT")
        if node.names is not None: raise Fail("EISDIR")
        if path.endswith("/"): raise Fail("ENOTDIR")
        pins.remove(folder.names.pop(last).obj)
    elif name == "mount":
        node = find(call["target"])
        if node.names is None: raise Fail("ENOTDIR")
        instances += 1
        node.above = Node(instances, node.parent, {}, below=node)
    elif fd not in fds: raise Fail("EBADF")
    elif name == "dup": return install(fds[fd])
    elif name == "close": del fds[fd]
    return 0

def alive(): return sorted({*fds.values(), *pins})
