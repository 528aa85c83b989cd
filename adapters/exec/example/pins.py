"""An adapter for tiny_bpffs.py: how a program speaks the protocol of PROTOCOL.md."""
import json, sys

sys.dont_write_bytecode = True
import tiny_bpffs as bpffs

def shown(path):
    try: node = bpffs.find(path)
    except bpffs.Fail: return []
    if not node.instance: return []
    kind = "map" if node.obj else "directory"
    return [{"path": path, "kind": kind, "instance": node.instance, "object": node.obj}]

def sight():
    held = [{"fd": fd, "object": obj} for fd, obj in sorted(bpffs.fds.items())]
    process = {"pid": 1, "namespace": 1, "descriptors": held, "paths": sum(map(shown, watch), [])}
    return {"processes": [process], "objects": [{"id": id, "kind": "map"} for id in bpffs.alive()]}

def answer(step):
    try:
        if step["pid"] != 1: raise bpffs.Fail("ESRCH")
        value = bpffs.play(step["call"])
    except bpffs.Fail as fail: return {"outcome": {"ok": False, "errno": str(fail)}, "alive": bpffs.alive()}
    known = {"object": bpffs.fds[value]} if value else {}
    return {"outcome": {"ok": True, "value": value}, "alive": bpffs.alive(), **known}

def run(steps, sights):
    answers = []
    for i, step in enumerate(steps):
        answers.append(answer(step))
        if sights == "each" or sights == "last" and i == len(steps) - 1: answers[i]["sight"] = sight()
    return answers

calls = ["BPF_MAP_CREATE", "BPF_OBJ_PIN", "BPF_OBJ_GET", "close", "dup", "unlink", "mount"]
observes = ["descriptors", "paths", "instances", "alive"]
hello = {"version": 1, "implementation": {"name": "pins.py", "version": "1", "language": "python"},
         "capabilities": {"calls": calls, "observes": observes, "descriptors": "lowest"}}

for line in sys.stdin:
    ask = json.loads(line)
    if ask["cmd"] == "start": reply = hello
    elif ask["cmd"] == "reset":
        setup = ask["setup"]
        watch = setup["watch"]
        bpffs.reset(setup["host"], setup["descriptors"])
        reply = {"ok": True}
    elif ask["cmd"] == "run": reply = {"answers": run(ask["steps"], ask["sights"])}
    elif ask["cmd"] == "observe": reply = {"sight": sight()}
    elif ask["cmd"] == "alive": reply = {"alive": [id for id in ask["ids"] if id in bpffs.alive()]}
    else: break
    print(json.dumps(reply), flush=True)
