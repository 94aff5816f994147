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
    if (entry.dataset.count > 1) words.querySelector(".finding-head").remove(); // it quotes another check
    kindsSeen.set(n, {entry, finding, text: words.textContent, severity: entry.dataset.severity, direction: entry.dataset.direction,
      expected: text(".expected"), got: text(".got"), message: text(".message")});
  }
  return kindsSeen.get(n);
}

// wholeFinding is a place with what its kind says of it.
function wholeFinding(place) {
  const k = kind(place.kind);
  return {...place, severity: k.severity, direction: k.direction, expected: k.expected, got: place.got ?? k.got, message: place.message || k.message};
}

// drawViolations opens the kinds of a check that break the contract.
const violationsAtOnce = 12;
function drawViolations(check) {
  if (check.dataset.drawn) return;
  check.dataset.drawn = "1";
  for (const row of [...check.querySelectorAll(".kind.s-violation")].slice(0, violationsAtOnce)) {
    row.open = true;
    drawKind(row);
  }
}

// drawKind fills the row of a kind in a check: what it means, and where it was met.
function drawKind(row) {
  if (row.dataset.drawn) return;
  row.dataset.drawn = "1";
  const k = kind(row.dataset.kind), here = Number(row.dataset.times);
  const finding = k.finding.cloneNode(true), head = finding.querySelector(".finding-head .faint");
  if (head) head.textContent = here > 1 ? "first of " + here : "";
  row.querySelector(":scope > p").replaceWith(finding);
  evidenceOf(row.closest("details.check")).then(data => {
    const places = (data.findings || []).filter(f => f.kind === Number(row.dataset.kind));
    if (!places.length) return;
    if (places[0].message) finding.querySelector(".message").textContent = visible(places[0].message);
    finding.append(drawPlaces(places));
  }).catch(() => { /* the place of the exchanges says so */ });
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
  for (const row of document.querySelectorAll(`.check .kind[data-kind="${n}"]`)) {
    const check = row.closest("details.check");
    list.append(el("li", {}, el("a", {href: "#" + encodeURIComponent(check.id), "data-kind": n}, visible(check.id)), row.dataset.times > 1 ? " " + row.dataset.times + " times" : null));
  }
  entry.querySelector(".kind-checks").replaceChildren(list);
}
