// Kinds of findings. The page says once what a kind means, in the section of findings;
// from there it is copied into a check when somebody looks. Where each finding
// stands is in the evidence of its check.
const kindsSeen = new Map();

// kind is what the page says of kind n.
function kind(n) {
  n = String(n);
  if (!kindsSeen.has(n)) {
    const entry = document.getElementById("ec-k-" + n), finding = entry.querySelector(".finding");
    const text = css => finding.querySelector(css)?.textContent || "";
    const words = finding.cloneNode(true);
    const count = Number(entry.dataset.count);
    if (count > 1) words.querySelector(".finding-head").remove(); // it quotes another check
    kindsSeen.set(n, {entry, finding, count, text: words.textContent.toLowerCase(), severity: entry.closest(".chapter").dataset.severity, direction: entry.dataset.direction,
      expected: text(".expected"), got: text(".got"), message: text(".message")});
  }
  return kindsSeen.get(n);
}

// wholeFinding is a place with what its kind says of it.
function wholeFinding(place) {
  const k = kind(place.kind);
  return {...place, severity: k.severity, direction: k.direction, expected: k.expected, got: place.got ?? k.got, message: place.message || k.message};
}

// metBy is how often a check met each kind: a map from kind to number.
const metSeen = new WeakMap();
function metBy(check) {
  if (!metSeen.has(check)) {
    const pairs = (check.querySelector(".findings")?.dataset.kinds || "").split(" ").filter(Boolean);
    metSeen.set(check, new Map(pairs.map(p => p.split(":"))));
  }
  return metSeen.get(check);
}

// drawViolations opens the kinds of a check that break the contract.
const violationsAtOnce = 12;
function drawViolations(check) {
  if (check.dataset.drawn) return;
  check.dataset.drawn = "1";
  const open = row => { row.open = true; drawFindings(row); };
  check.querySelectorAll(".kind.s-violation[data-group]").forEach(open);
  [...check.querySelectorAll(".kind.s-violation[data-kind]")].slice(0, violationsAtOnce).forEach(open);
}

// drawFindings fills a row of a check: the kinds of a group, or what a kind means
// and where it was met.
function drawFindings(row) {
  if (row.dataset.drawn) return;
  row.dataset.drawn = "1";
  if (row.dataset.group) drawGroup(row);
  else drawKind(row);
}

function drawGroup(row) {
  const box = el("div", {class: "kinds"}), group = "ec-g-" + row.dataset.group;
  for (const [n, times] of metBy(row.closest("details.check"))) {
    const entry = kind(n).entry;
    if (entry.closest(".chapter").id !== group) continue;
    const summary = entry.querySelector("summary").cloneNode(true);
    summary.querySelector(".times").textContent = times > 1 ? times + " times" : "";
    box.append(el("details", {class: "kind s-" + kind(n).severity, "data-kind": n, "data-times": times}, summary, el("p")));
  }
  row.querySelector(":scope > p").replaceWith(box);
}

function drawKind(row) {
  const k = kind(row.dataset.kind), here = Number(row.dataset.times);
  const finding = k.finding.cloneNode(true), head = finding.querySelector(".finding-head .faint");
  if (here > 1) head.textContent = "first of " + here;
  else if (head) finding.querySelector(".finding-head").replaceChildren(finding.querySelector(".message"));
  if (k.count > 1) finding.querySelector(".operations")?.remove(); // those of the whole run
  row.querySelector(":scope > p").replaceWith(finding);
  evidenceOf(row.closest("details.check")).then(data => {
    const places = (data.findings || []).filter(f => f.kind === Number(row.dataset.kind));
    if (!places.length) return;
    if (places[0].message) finding.querySelector(".message").textContent = visible(places[0].message);
    finding.append(drawPlaces(places));
  }).catch(() => { /* the place of the exchanges says so */ });
}

// rowOf is the row of a kind in a check, with the group around it drawn.
function rowOf(check, n) {
  const group = kind(n).entry.closest(".chapter").id.slice("ec-g-".length);
  const around = check.querySelector(`.kind[data-group="${group}"]`);
  if (around) drawFindings(around);
  return check.querySelector(`.kind[data-kind="${n}"]`);
}

const placesAtOnce = 60;

// drawPlaces lists where findings of one kind stand; a pointer or what was found
// is only said where they differ in it.
function drawPlaces(places) {
  const list = el("ul", {class: "places", "aria-label": "Places"});
  const differ = name => places.some(p => p[name] !== places[0][name]);
  const pointers = differ("pointer"), gots = differ("got");
  let next = 0;
  const draw = () => {
    list.querySelector(":scope > .rest")?.remove();
    for (const p of places.slice(next, next + placesAtOnce)) {
      list.append(el("li", {}, p.exchange ? el("a", {href: "#", class: "to-exchange", "data-exchange": p.exchange}, visible(p.exchange)) : "the scenario",
        pointers ? el("code", {}, visible(p.pointer || "whole body")) : null, gots ? el("span", {class: "faint"}, "got " + visible(p.got || "?")) : null));
    }
    next += placesAtOnce;
    const left = places.length - next;
    if (left > 0) list.append(el("li", {class: "rest"}, more(`Show ${Math.min(left, placesAtOnce)} of ${left.toLocaleString("en")} more places`, draw)));
  };
  draw();
  return list;
}

// drawChecks lists the checks that met a kind.
function drawChecks(entry) {
  if (entry.dataset.drawn) return;
  entry.dataset.drawn = "1";
  const n = entry.id.slice("ec-k-".length);
  const list = el("ul", {class: "links"});
  for (const check of document.querySelectorAll("details.check")) {
    const times = metBy(check).get(n);
    if (!times) continue;
    list.append(el("li", {}, el("a", {href: "#" + encodeURIComponent(check.id), "data-kind": n}, visible(check.id)), times > 1 ? ` ${times} times` : null));
  }
  entry.append(el("div", {class: "kind-checks"}, list));
}
