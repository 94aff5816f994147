(function () {
  const $ = id => document.getElementById(id);
  const checks = [...document.querySelectorAll("details.check")];
  const groups = [...document.querySelectorAll("details.group")];

  // Theme: auto, light, dark.
  const root = document.documentElement, themes = ["", "light", "dark"];
  function theme(chosen) {
    if (chosen) root.dataset.theme = chosen; else delete root.dataset.theme;
    try { chosen ? localStorage.setItem("ecsconform-theme", chosen) : localStorage.removeItem("ecsconform-theme"); } catch (e) { /* only for this visit then */ }
    $("ec-theme").textContent = "Theme: " + (chosen || "auto");
  }
  theme(root.dataset.theme || "");
  $("ec-theme").addEventListener("click", () => theme(themes[(themes.indexOf(root.dataset.theme || "") + 1) % 3]));

  // Filter.
  const form = $("ec-filter");
  const text = $("ec-text"), family = $("ec-family"), order = $("ec-order");
  const home = checks.map(c => c.parentElement);
  const texts = new WeakMap();
  const textOf = c => {
    if (!texts.has(c)) {
      const copy = c.cloneNode(true);
      for (const x of copy.querySelectorAll("script, .exchanges, .meta a, .kind > :not(summary)")) x.remove();
      texts.set(c, (c.id + " " + copy.textContent).toLowerCase());
    }
    return texts.get(c);
  };
  const openBefore = new Map(groups.map(g => [g, g.open]));
  function filter() {
    if (!form) return;
    const picked = [...form.querySelectorAll("[name=verdict]:checked")].map(i => i.value);
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const active = picked.length > 0 || words.length > 0 || family.value !== "";
    let shown = 0;
    for (const c of checks) {
      const fits = (!picked.length || picked.includes(c.dataset.verdict)) &&
        (!family.value || c.dataset.family === family.value) &&
        words.every(w => textOf(c).includes(w) || [...metBy(c).keys()].some(n => kind(n).text.includes(w)));
      c.hidden = !fits;
      if (fits) shown++;
    }
    for (const g of groups) {
      const n = g.querySelectorAll("details.check:not([hidden])").length, label = g.querySelector(".group-n");
      label.textContent = active && n !== Number(label.dataset.all) ? `${n} of ${label.dataset.all}` : label.dataset.all;
      g.hidden = n === 0;
      g.open = active ? true : openBefore.get(g);
    }
    $("ec-none").hidden = shown > 0;
    $("ec-shown").textContent = active ? `${shown} of ${checks.length} checks shown` : `${checks.length} checks`;
    form.classList.toggle("active", active);
  }
  function sort() {
    const list = $("ec-list");
    list.classList.toggle("flat", order.value === "slow");
    list.querySelector(":scope > .by-time")?.remove();
    if (order.value === "slow") {
      const flat = el("div", {class: "by-time group-body"});
      flat.append(...[...checks].sort((a, b) => b.dataset.took - a.dataset.took));
      list.append(flat);
    } else {
      checks.forEach((c, i) => home[i].append(c));
    }
    filter();
  }
  if (form) {
    let timer;
    text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
    form.addEventListener("change", e => { if (e.target === order) sort(); else filter(); });
    form.addEventListener("submit", e => { e.preventDefault(); filter(); });
    $("ec-clear").addEventListener("click", () => { form.reset(); sort(); text.focus(); });
    filter();
  }
  document.addEventListener("click", e => {
    const pick = e.target.closest("[data-pick], a[data-family]");
    if (!pick || !form) return;
    form.reset();
    if (pick.dataset.pick) form.querySelector(`[name=verdict][value="${CSS.escape(pick.dataset.pick)}"]`).checked = true;
    else family.value = pick.dataset.family;
    sort();
  });
  // The slash leads to the text field. Going there on the way up keeps the slash out of it;
  // on the way down some browsers would begin a search of their own.
  const slash = e => e.key === "/" && form && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.matches("input, select, textarea");
  document.addEventListener("keydown", e => {
    if (slash(e)) e.preventDefault();
    if (e.key === "Escape" && e.target === text) { text.value = ""; filter(); }
  });
  document.addEventListener("keyup", e => { if (slash(e)) text.focus(); });

  // Evidence is drawn when its check is opened.
  function draw(check) {
    drawViolations(check);
    return drawExchanges(check);
  }
  document.addEventListener("toggle", e => {
    if (!e.target.open) return;
    if (e.target.matches("details.check")) draw(e.target);
    if (e.target.matches("details.check .kind")) drawFindings(e.target);
    if (e.target.matches("#ec-findings .kind")) drawChecks(e.target);
  }, true);
  for (const c of checks) if (c.open) draw(c);
  document.addEventListener("click", async e => {
    const a = e.target.closest("a.to-exchange");
    if (!a) return;
    e.preventDefault();
    const place = await drawExchanges(a.closest("details.check"));
    const x = place?.wanted?.(a.dataset.exchange);
    if (!x) { say("This exchange is not among the recorded ones"); return; }
    x.open = true;
    x.scrollIntoView({block: "start"});
    x.querySelector("summary").focus({preventScroll: true});
  });

  // Deep links: #id@microversion, #id for the first of its microversions, or a kind of finding.
  // Where a kind leads to a check, kindWanted is the one to open there.
  let kindWanted = "";
  function follow() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch (e) { /* as it stands */ }
    if (!name) return;
    const check = checks.find(c => c.id === name) || checks.find(c => c.dataset.id === name);
    let target = check || document.querySelector(`#ec-findings details[id="${CSS.escape(name)}"]`);
    if (!target) return;
    if (target.hidden && form) { form.reset(); sort(); }
    if (check && kindWanted) target = rowOf(check, kindWanted) || check;
    kindWanted = "";
    for (let p = target; p; p = p.parentElement) if (p.tagName === "DETAILS") p.open = true;
    const show = () => target.scrollIntoView({block: "start"});
    show();
    target.querySelector("summary").focus({preventScroll: true});
    // What is drawn above and inside comes a moment later.
    Promise.all(checks.filter(c => c.open).map(draw)).then(show);
  }
  addEventListener("hashchange", follow);
  document.addEventListener("click", e => {
    const a = e.target.closest("a[href^='#']");
    if (a) kindWanted = a.dataset.kind || "";
    if (a && a.getAttribute("href") === location.hash) setTimeout(follow);
  });
  follow();
  addEventListener("load", () => setTimeout(follow)); // the browser's own jump came between

  // On paper, what needs a look is open.
  addEventListener("beforeprint", () => {
    for (const d of document.querySelectorAll("details.group, details.chapter, details.check.v-fail, details.check.v-error")) {
      if (!d.open) { d.open = true; d.dataset.printed = ""; }
      if (d.matches("details.check")) draw(d);
    }
  });
  addEventListener("afterprint", () => {
    for (const d of document.querySelectorAll("[data-printed]")) { d.open = false; delete d.dataset.printed; }
  });
})();
