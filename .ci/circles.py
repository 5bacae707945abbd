"""Finds import cycles between the files, and between the folders, of each package.

    .ci/circles.py [ROOT]

A module's file depends on the files that its `use` declarations and paths name: through `crate::`, `super::` and
`self::`. A parent that declares its children (`mod a;`) does not depend on them, unless it imports from them; a
`mod.rs` that only declares and re-exports is the face of its folder, so a path that goes through a re-export leads to
the file that defines the name. Tests are left out. Exits with 1 if there is a cycle.
"""
import os
import re
import sys

ROOT = sys.argv[1] if len(sys.argv) > 1 else "."
# Generated code calls hand-written types, which are made of generated ones: that is what generating means.
GENERATED = {"src/generated.rs"}


def packages():
    yield "src"
    for name in sorted(os.listdir(os.path.join(ROOT, "crates"))):
        if os.path.isdir(os.path.join(ROOT, "crates", name, "src")):
            yield f"crates/{name}/src"


def without_tests(text):
    """The text without comments, strings and inline test modules."""
    text = re.sub(r"//[^\n]*", "", text)
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    at = re.search(r"#\[cfg\([^\]]*\btest\b[^\]]*\)\]\s*(?:#\[[^\]]*\]\s*)*mod \w+ \{", text)
    return text[: at.start()] if at else text


def modules(source):
    """Files by module path, such as ("error", "kind")."""
    found = {}
    for folder, _, files in os.walk(os.path.join(ROOT, source)):
        for name in files:
            path = os.path.relpath(os.path.join(folder, name), ROOT)
            parts = os.path.relpath(path, source)[:-3].split(os.sep)
            if not name.endswith(".rs") or parts[0] == "bin" or "tests" in parts:
                continue
            if parts[-1] in ("mod", "lib", "main"):
                parts.pop()
            found.setdefault(tuple("__private" if part == "private" else part for part in parts), path)
    return found


def paths(text):
    """Every path that starts in this crate, braces expanded."""
    for match in re.finditer(r"\b(crate|super|self)((?:::\w+)+|::)(\s*::\s*|)(\{[^;]*?\}(?=;))?", text):
        head = [part for part in (match[1] + match[2]).split("::") if part]
        group = match[4]
        if not group:
            yield head
            continue
        depth, item = 0, ""
        for char in group[1:-1] + ",":
            depth += (char == "{") - (char == "}")
            if char == "," and depth == 0:
                yield head + [part for part in re.split(r"::|\{|\}|,|\s+as\s+\w+|\s", item) if part][:1]
                item = ""
            else:
                item += char


def reexports(text):
    """Where a file's `pub use` declarations lead: name -> module parts, relative."""
    found = {}
    for match in re.finditer(r"pub(?:\([a-z ]+\))? use ([\w:]+?)(?:::\{([^}]*)\}|::(\w+))(?: as \w+)?;", text):
        base = match[1].split("::")
        for name in (match[2] or match[3]).split(","):
            found[name.split(" as ")[-1].strip()] = base
    return found


def graph(source):
    files = modules(source)
    texts = {path: without_tests(open(os.path.join(ROOT, path), encoding="utf-8").read()) for path in files.values()}
    exports = {module: reexports(texts[path]) for module, path in files.items()}

    def resolve(module, parts, hops=0):
        """The file that defines what an absolute path names."""
        here = ()
        for index, part in enumerate(parts):
            if here + (part,) in files:
                here += (part,)
                continue
            base = exports.get(here, {}).get(part)
            if base and hops < 9:
                base = list(base)
                if base[0] == "crate":
                    base, start = base[1:], ()
                elif base[0] == "super":
                    base, start = base[1:], here[:-1]
                else:
                    base, start = base[base[0] == "self":], here
                return resolve(module, list(start) + base + [part], hops + 1)
            break
        return files.get(here)

    edges = {path: set() for path in files.values()}
    for module, path in files.items():
        for parts in paths(texts[path]):
            if parts[0] == "crate":
                absolute = parts[1:]
            elif parts[0] == "self":
                absolute = list(module) + parts[1:]
            else:
                up = 0
                while up < len(parts) and parts[up] == "super":
                    up += 1
                absolute = list(module[: len(module) - up]) + parts[up:]
            target = resolve(module, absolute)
            # A child that uses its parent's items depends on it; `crate::x` that names nothing here is not ours.
            if target and target != path and not (target.endswith(("lib.rs", "main.rs"))):
                edges[path].add(target)
    return edges


def components(edges):
    """Strongly connected components of more than one node (Tarjan, without recursion)."""
    index, low, on, stack, found = {}, {}, set(), [], []
    for root in edges:
        if root in index:
            continue
        work = [(root, iter(sorted(edges[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on.add(root)
        while work:
            node, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                        on.discard(component[-1])
                    if len(component) > 1:
                        found.append(sorted(component))
            elif target not in index:
                index[target] = low[target] = len(index)
                stack.append(target)
                on.add(target)
                work.append((target, iter(sorted(edges[target]))))
            elif target in on:
                low[node] = min(low[node], index[target])
    return found


def of_folders(source, edges):
    """The same edges between the files and folders right below a package's source folder."""
    top = lambda path: os.path.relpath(path, source).split(os.sep)[0]
    folders = {}
    for path, targets in edges.items():
        folders.setdefault(top(path), set()).update(top(target) for target in targets if top(target) != top(path))
    return folders


bad = counted = 0
for source in packages():
    edges = graph(source)
    edges = {path: targets - GENERATED for path, targets in edges.items()}
    counted += sum(len(targets) for targets in edges.values())
    for kind, found in (("files", components(edges)), ("folders", components(of_folders(source, edges)))):
        for component in found:
            bad += 1
            print(f"{source}: a cycle of {kind}: {', '.join(component)}")
            for node in component:
                targets = edges.get(node) or of_folders(source, edges).get(node, set())
                for target in sorted(set(component) & targets):
                    print(f"    {node} -> {target}")
if not counted:
    sys.exit("no imports were found: is this the root of the repository?")
print(f"{counted} imports between files, {bad} cycles")
sys.exit(bad > 0)
