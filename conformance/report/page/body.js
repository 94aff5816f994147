// A JSON text in lines, indented, each with the JSON pointer of what stands in it.
// The text is walked, not parsed: large numbers, doubled keys and escapes stay
// as they were sent. Anything that is not JSON gives null.
function jsonLines(text) {
  const lines = [], size = text.length;
  let at = 0, line = null;
  const bad = () => { throw new SyntaxError("not JSON"); };
  const blank = () => { while (at < size && " \t\n\r".includes(text[at])) at++; };
  const open = (depth, pointer) => { line = {depth, pointer, parts: []}; lines.push(line); };
  const put = (kind, s) => line.parts.push([kind, s]);
  const string = () => {
    const from = at++;
    for (; at < size; at++) {
      const c = text.charCodeAt(at);
      if (c === 34) return text.slice(from, ++at);
      if (c === 92) at++;
      else if (c < 32) bad();
    }
    return bad();
  };
  const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  const stack = []; // {close, pointer, n, object}
  open(0, "");
  let value = true; // a value comes next, else a comma or an end
  const ended = () => { value = false; };
  for (;;) {
    blank();
    if (value) {
      const c = text[at], pointer = line.pointer;
      if (c === "{" || c === "[") {
        at++;
        put("p", c);
        blank();
        const close = c === "{" ? "}" : "]";
        if (text[at] === close) { at++; put("p", close); ended(); continue; }
        if (stack.length > 250) bad();
        stack.push({close, pointer, n: 0, object: c === "{"});
        member();
      } else if (c === '"') { put("s", string()); ended(); }
      else {
        scalar.lastIndex = at;
        const m = scalar.exec(text);
        if (!m) bad();
        at = scalar.lastIndex;
        put(m[0] === "true" || m[0] === "false" || m[0] === "null" ? "w" : "n", m[0]);
        ended();
      }
      continue;
    }
    if (!stack.length) { if (at < size) bad(); return lines; }
    const top = stack[stack.length - 1], c = text[at++];
    if (c === ",") { put("p", ","); member(); }
    else if (c === top.close) { stack.pop(); open(stack.length, null); put("p", c); }
    else bad();
  }
  function member() {
    const top = stack[stack.length - 1];
    value = true;
    if (!top.object) { open(stack.length, top.pointer + "/" + top.n++); return; }
    blank();
    if (text[at] !== '"') bad();
    const key = string();
    blank();
    if (text[at++] !== ":") bad();
    let name = key;
    try { name = JSON.parse(key); } catch (e) { bad(); }
    open(stack.length, top.pointer + "/" + name.replace(/~/g, "~0").replace(/\//g, "~1"));
    put("k", key);
    put("p", ": ");
  }
}

function linesOf(text) {
  try { return jsonLines(text); } catch (e) { return null; }
}

// lineFor is the line a pointer leads to, or that of its nearest parent.
function lineFor(lines, pointer) {
  for (let p = pointer; ; p = p.slice(0, p.lastIndexOf("/"))) {
    const at = lines.findIndex(l => l.pointer === p);
    if (at >= 0) return at;
    if (!p.startsWith("/")) return 0;
  }
}

const manyLines = 300, longText = 20000, longPart = 2000;

// drawBody draws a body with its findings below the lines they are about.
function drawBody(text, findings) {
  const lines = text.length > 3e6 ? null : linesOf(text);
  const notes = new Map();
  for (const f of findings) {
    const at = lines ? lineFor(lines, f.pointer) : 0;
    notes.set(at, (notes.get(at) || []).concat(f));
  }
  const box = el("div", {class: "body", tabindex: "0", role: "group", "aria-label": "Body"});
  if (!lines) {
    const pre = el("pre", {}, visible(text.slice(0, longText)));
    box.append(pre);
    if (text.length > longText) {
      box.append(more(`Show all ${text.length.toLocaleString("en")} characters`, b => { pre.textContent = visible(text); b.remove(); }));
    }
    for (const f of findings) box.append(drawNote(f));
    return box;
  }
  const wanted = i => i < manyLines || [...notes.keys()].some(n => Math.abs(n - i) <= 4);
  drawLines(box, lines, notes, lines.length > manyLines ? wanted : () => true);
  return box;
}

function drawLines(box, lines, notes, wanted) {
  const parts = document.createDocumentFragment();
  let left = 0;
  const gap = () => {
    if (!left) return;
    parts.append(more(`${left.toLocaleString("en")} more lines: show all`, () => { box.replaceChildren(); drawLines(box, lines, notes, () => true); }));
    left = 0;
  };
  lines.forEach((l, i) => {
    if (!wanted(i)) { left++; return; }
    gap();
    const here = notes.get(i);
    const row = el("div", {class: here ? hitClass(here) + " ln" : "ln", "data-pointer": l.pointer});
    row.style.setProperty("--depth", Math.min(l.depth, 24));
    for (const [kind, s] of l.parts) row.append(drawPart(kind, s));
    parts.append(row);
    for (const f of here || []) parts.append(drawNote(f));
  });
  gap();
  box.append(parts);
}

function drawPart(kind, s) {
  if (s.length <= longPart) return el("span", {class: "t-" + kind}, visible(s));
  const span = el("span", {class: "t-" + kind}, visible(s.slice(0, longPart)));
  span.append(more(`… ${(s.length - longPart).toLocaleString("en")} more characters`, b => { span.textContent = visible(s); b.remove(); }));
  return span;
}

function more(text, act) {
  const b = el("button", {type: "button", class: "more-button"}, text);
  b.addEventListener("click", () => act(b));
  return b;
}

// hitClass marks a place by the worst of its findings.
function hitClass(findings) {
  return "hit s-" + (["violation", "deviation"].find(s => findings.some(f => f.severity === s)) || "note");
}

function drawNote(f) {
  const n = el("div", {class: "note s-" + f.severity}, el("b", {}, f.severity), " ", el("code", {}, visible(f.pointer || "whole body")));
  if (f.expected || f.got) n.append(` expected ${visible(f.expected || "?")}, got ${visible(f.got || "?")}`);
  else n.append(" " + visible(f.message));
  return n;
}
