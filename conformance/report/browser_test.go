package report

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/ecsconform/ecsconform/gen/validate"
)

// startBrowser starts a Chromium of its own, with a profile of its own. It lives as long as t.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Fatal("no Chromium was found: the page is tested in a real browser; install one with: apt-get install chromium")
	}
	profile, err := os.MkdirTemp("", "ecsconform-page-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 50 { // children of the browser write for a moment after it ended
			if os.RemoveAll(profile) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Flag("headless", "new"),
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync",
		"disable-dev-shm-usage", "disable-extensions", "disable-default-apps"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("%s does not start: %v", path, err)
	}
	return ctx
}

// tab is one page in a tab of its own, with everything it complained about and
// everything it asked the network for.
type tab struct {
	*testing.T
	ctx context.Context
	url string

	mu       sync.Mutex
	errors   []string
	requests map[network.RequestID]string
}

type view struct {
	width, height int64
	scheme        string
	noScript      bool
}

func openTab(parent context.Context, t *testing.T, file, fragment string, v view) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(cancel)
	p := &tab{T: t, ctx: ctx, url: (&url.URL{Scheme: "file", Path: file}).String(), requests: map[network.RequestID]string{}}
	p.do(chromedp.Listen(ctx, p.listen))
	call(p, log.Enable, cdp.Empty{})
	call(p, network.Enable, network.EnableParams{})
	if v.width == 0 {
		v.width, v.height = 1280, 900
	}
	if v.noScript {
		call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	p.do(chromedp.Do(ctx, chromedp.EmulateViewport(v.width, v.height)))
	p.scheme(orWord(v.scheme, "light"))
	p.do(chromedp.Do(ctx, chromedp.Navigate(p.url+fragment)))
	return p
}

func (p *tab) scheme(name string) {
	p.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
}

func (p *tab) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.errors = append(p.errors, fmt.Sprintf("exception: %+v", e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		p.errors = append(p.errors, fmt.Sprintf("console %s: %v", e.Type, e.Args))
	case *log.EventEntryAdded:
		p.errors = append(p.errors, fmt.Sprintf("log %s: %s", e.Entry.Level, e.Entry.Text))
	case *page.EventJavascriptDialogOpening:
		p.errors = append(p.errors, "dialog: "+e.Message)
	case *network.EventRequestWillBeSent:
		p.requests[e.RequestID] = e.Request.URL
	case *network.EventLoadingFailed:
		if e.BlockedReason == network.BlockedReasonCsp { // it never left the browser
			delete(p.requests, e.RequestID)
		}
	}
}

// outside is what the page asked for beside itself.
func (p *tab) outside() []string {
	var urls []string
	for _, r := range p.requests {
		if r != p.url && r != "data:," {
			urls = append(urls, r)
		}
	}
	return urls
}

func (p *tab) do(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// eval is the value of an expression in the page.
func eval[T any](p *tab, expression string) T {
	p.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return v
}

func (p *tab) press(keys string) {
	p.Helper()
	p.do(chromedp.Do(p.ctx, chromedp.KeyEvent(keys)))
}

func (p *tab) click(css string) {
	p.Helper()
	p.do(chromedp.Do(p.ctx, chromedp.ScrollIntoView(chromedp.CSS(css)), chromedp.Click(chromedp.CSS(css))))
}

// until waits for a condition that the page is on its way to.
func (p *tab) until(condition string) {
	p.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !eval[bool](p, "!!("+condition+")") {
		if time.Now().After(deadline) {
			p.Fatalf("never came true: %s", condition)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (p *tab) want(condition string) {
	p.Helper()
	if !eval[bool](p, "!!("+condition+")") {
		p.Errorf("not true in the page: %s", condition)
	}
}

// quiet fails if the page complained or asked for anything but itself.
func (p *tab) quiet() {
	p.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.errors {
		p.Error(e)
	}
	if urls := p.outside(); len(urls) > 0 {
		p.Errorf("the page asked for %v", urls)
	}
	if len(p.requests) == 0 {
		p.Error("no request was seen at all: the test is blind")
	}
}

func call[P, R any](p *tab, cmd cdp.Command[P, R], params P) {
	p.Helper()
	_, err := chromedp.Call(p.ctx, cmd, params)
	p.do(err)
}

func pageOf(t *testing.T, name string, write func(io.Writer) error) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, f)
	if err := write(f); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestPage opens the page in Chromium. Nothing is simulated: clicks and keys go the way a person's do.
func TestPage(t *testing.T) {
	parent := startBrowser(t)
	file := pageOf(t, "index.html", func(w io.Writer) error { return WriteHTML(w, synthetic(), HTMLOptions{Curl: curl}) })
	at := func(t *testing.T, fragment string, v view) *tab { return openTab(parent, t, file, fragment, v) }
	const shown = `[...document.querySelectorAll("details.check")].filter(c => c.checkVisibility()).map(c => c.id)`

	t.Run("loads without a complaint or a request, and markup of the endpoint stays text", func(t *testing.T) {
		p := at(t, "", view{})
		if title := eval[string](p, "document.title"); title != "The endpoint does not conform: nova-community" {
			t.Errorf("title is %q", title)
		}
		eval[bool](p, `[...document.querySelectorAll("details")].forEach(d => d.open = true) || true`)
		p.until(`document.querySelectorAll(".exchange").length === 7`)
		eval[bool](p, `[...document.querySelectorAll("details.exchange, details.more")].forEach(d => d.open = true) || true`)
		p.until(`document.querySelectorAll(".x-body").length === 7`)
		p.want(`document.querySelectorAll("img, iframe, object, embed, link[rel=stylesheet], main b b, [onerror], [onclick]").length === 0`)
		p.want(`[...document.scripts].every(s => s.type === "application/json" || s.type === "")`)
		p.want(`document.body.innerText.includes("<script>document.title='owned'</script>")`)
		p.want(`document.body.innerText.includes("<img src=x onerror=alert(2)>")`)
		p.want(`document.body.innerText.includes("\\u202egnp.exe")`)
		p.want(`!/[\u202a-\u202e\u2028\u0007\u001b]/.test(document.body.innerText)`)
		p.quiet()
	})

	t.Run("a script that comes in some other way is refused", func(t *testing.T) {
		p := at(t, "", view{})
		eval[bool](p, `(() => { const d = document.createElement("div"); d.innerHTML = "<img src='http://192.0.2.1/x.png' onerror='window.owned=1'>"; document.body.append(d);
			const s = document.createElement("script"); s.textContent = "window.owned = 2"; document.body.append(s); return true })()`)
		time.Sleep(200 * time.Millisecond)
		p.want(`window.owned === undefined`)
		p.mu.Lock()
		defer p.mu.Unlock()
		if complaints := strings.Join(p.errors, "\n"); !strings.Contains(complaints, "Content Security Policy") {
			t.Errorf("the policy did not speak up: %s", complaints)
		}
		if urls := p.outside(); len(urls) > 0 {
			t.Errorf("the page asked for %v", urls)
		}
	})

	t.Run("filters by verdict, family and text", func(t *testing.T) {
		p := at(t, "", view{})
		p.want(shown + `.length === 11`)
		p.click(`.pick:has([value="error"])`)
		p.want(shown + `.join() === "jobs.settle"`)
		p.want(`document.getElementById("ec-shown").textContent === "1 of 11 checks shown"`)
		p.click(`.pick:has([value="not-run"])`)
		p.want(shown + `.join() === "jobs.settle,jobs.entities"`)
		p.click("#ec-clear")
		p.want(shown + `.length === 11`)
		p.press("2.10") // the focus is in the text field
		p.until(shown + `.join() === "microversions.list@2.10"`)
		p.press(" nothing has this")
		p.until(`document.getElementById("ec-none").checkVisibility()`)
		p.click("#ec-clear")
		p.click(`a[data-family="errors"]`)
		p.want(shown + `.join() === "errors.awkward,errors.envelope,errors.not-found"`)
		p.click(`a[data-pick="unsupported"]`)
		p.want(shown + `.join() === "jobs.quota,microversions.list@2.3"`)
		p.click("#ec-clear")
		eval[bool](p, `(() => { const o = document.getElementById("ec-order"); o.value = "slow"; o.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
		p.want(shown + `.slice(0, 3).join() === "jobs.settle,lifecycle.start.stopped@2.26,microversions.list@2.10"`)
		p.click("#ec-clear")
		p.want(shown + `[0] === "lifecycle.start.stopped@2.26"`)
		p.want(`document.querySelectorAll("details.group[data-verdict=pass] details.check").length === 3`)
		p.quiet()
	})

	t.Run("a deep link opens its check, with and without the microversion", func(t *testing.T) {
		p := at(t, "#microversions.list@2.10", view{})
		opened := func(id string) string {
			return `(c => c.open && c.getBoundingClientRect().top >= 0 && c.getBoundingClientRect().top < 400 && document.activeElement === c.querySelector("summary"))(document.getElementById("` + id + `"))`
		}
		p.until(opened("microversions.list@2.10"))
		p.until(`document.getElementById("microversions.list@2.10").querySelectorAll(".exchange").length === 1`)
		p.do(chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](`location.hash = "#lifecycle.start.stopped"`)))
		p.until(opened("lifecycle.start.stopped@2.26"))
		p.press("/")
		p.press("no such thing")
		p.until(`!document.getElementById("jobs.settle").checkVisibility()`)
		p.do(chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](`location.hash = "#"+encodeURIComponent("jobs.settle")`)))
		p.until(opened("jobs.settle"))
		p.quiet()
	})

	t.Run("the place of a finding is marked in the body", func(t *testing.T) {
		p := at(t, "#lifecycle.start.stopped", view{})
		p.until(`document.querySelectorAll("details.check[open] .exchange").length === 2`)
		p.click(`.to-exchange[data-exchange="e-4"]`)
		line := func(pointer string) string {
			return `document.querySelector('.exchange[data-id="e-4"] .ln.hit[data-pointer="` + pointer + `"]')`
		}
		p.until(line("/server/created"))
		p.want(line("/server/created") + `.textContent === '"created": "21.11.2026",'`)
		p.want(line("/server/created") + `.nextElementSibling.textContent.includes('expected a time like 2026-11-21T22:15:00Z, got "21.11.2026"')`)
		p.want(line("/server/addresses/net a~1b~0c/0/version") + `.classList.contains("s-deviation")`)
		p.want(line("/server") + `.nextElementSibling.textContent.includes("expected member flavor")`) // missing: its parent
		p.want(line("/server/tags") + `.classList.contains("s-note")`)
		p.want(`document.querySelector('.exchange[data-id="e-4"] .body').textContent.includes("12345678901234567890")`)
		p.want(`document.querySelector('.exchange[data-id="e-4"] .headers tr.hit th').textContent === "Openstack-Api-Version"`)
		p.want(`document.querySelector('.exchange[data-id="e-4"] .first-line.hit').textContent.startsWith("GET http")`)
		p.quiet()
	})

	t.Run("bodies are indented as they are, whatever they are", func(t *testing.T) {
		p := at(t, "", view{})
		text := func(json string) string {
			return `(t => { const l = linesOf(t); return l && l.map(l => " ".repeat(l.depth) + l.parts.map(p => p[1]).join("") + "|" + l.pointer).join("\n") })(` + json + `)`
		}
		for body, want := range map[string]string{
			`'{"a":1.0,"a":[],"b~/":{"":[{},"\\u0041\\"",-0e5,null]}}'`: "{|\n \"a\": 1.0,|/a\n \"a\": [],|/a\n \"b~/\": {|/b~0~1\n  \"\": [|/b~0~1/\n   {},|/b~0~1//0\n   \"\\u0041\\\"\",|/b~0~1//1\n   -0e5,|/b~0~1//2\n   null|/b~0~1//3\n  ]|null\n }|null\n}|null",
			`' 7 '`: "7|",
		} {
			if got := eval[string](p, text(body)); got != want {
				t.Errorf("%s\n got %s\nwant %s", body, got, want)
			}
		}
		for _, body := range []string{`''`, `'{'`, `'[1,]'`, `'{"a"}'`, `'{"a":1,}'`, `'[1 2]'`, `'01'`, `'"a'`, `'{} x'`, `'nul'`, `'"\n"'`, `'['.repeat(5000)`, `'{a:1}'`, `'<html>'`} {
			p.want(`linesOf(` + body + `) === null`)
		}
		p.want(`linesOf(JSON.stringify("x".repeat(2e6))).length === 1`)
		p.quiet()
	})

	t.Run("the curl command can be copied", func(t *testing.T) {
		p := at(t, "#lifecycle.start.stopped", view{})
		for _, name := range []string{"clipboard-read", "clipboard-write"} {
			_, err := chromedp.CallBrowser(p.ctx, browser.SetPermission, browser.SetPermissionParams{
				Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted})
			p.do(err)
		}
		want := curl(synthetic().Checks[1].Exchanges[0])
		p.until(`document.querySelector(".exchange[data-id=e-3] .copy-curl")`)
		p.click(`.exchange[data-id="e-3"] .copy-curl`)
		p.until(`document.getElementById("ec-said").textContent === "Copied"`)
		if got := eval[string](p, `navigator.clipboard.readText()`); got != want {
			t.Errorf("copied %q, want %q", got, want)
		}
		// A browser without the clipboard interface, or one that forbids it.
		eval[bool](p, `navigator.clipboard.writeText("") && (Object.defineProperty(navigator.clipboard, "writeText", {value: () => Promise.reject(new Error("no"))}), true)`)
		eval[bool](p, `(document.getElementById("ec-said").textContent = "") === ""`)
		p.click(`.exchange[data-id="e-3"] .copy-curl`)
		p.until(`document.getElementById("ec-said").textContent === "Copied"`)
		if got := eval[string](p, `navigator.clipboard.readText()`); got != want {
			t.Errorf("the old way copied %q, want %q", got, want)
		}
		p.quiet()
	})

	t.Run("light and dark follow the system until somebody chooses", func(t *testing.T) {
		p := at(t, "", view{scheme: "dark"})
		const ground = `getComputedStyle(document.body).backgroundColor`
		const dark, light = "rgb(17, 21, 27)", "rgb(244, 245, 248)"
		if got := eval[string](p, ground); got != dark {
			t.Errorf("ground is %s in the dark", got)
		}
		p.scheme("light")
		p.until(ground + ` === "` + light + `"`)
		p.click("#ec-theme")
		p.click("#ec-theme")
		p.want(`document.getElementById("ec-theme").textContent === "Theme: dark"`)
		p.until(ground + ` === "` + dark + `"`)
		p.do(chromedp.Do(p.ctx, chromedp.Reload()))
		p.want(ground + ` === "` + dark + `"`)
		p.click("#ec-theme")
		p.want(ground + ` === "` + light + `"`)
		p.quiet()
	})

	t.Run("nothing scrolls sideways on a phone", func(t *testing.T) {
		for _, width := range []int64{320, 360, 768, 1920} {
			p := at(t, "#errors.awkward", view{width: width, height: 740})
			eval[bool](p, `[...document.querySelectorAll("details")].forEach(d => d.open = true) || true`)
			p.until(`document.querySelectorAll(".exchange").length === 7`)
			eval[bool](p, `[...document.querySelectorAll("details.exchange, details.more")].forEach(d => d.open = true) || true`)
			p.until(`document.querySelectorAll(".x-body").length === 7`)
			if wide := eval[[]string](p, `[...document.querySelectorAll("main *, footer *, header, header > *")].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".sr, nav")).map(e => e.tagName + "." + e.className)`); len(wide) > 0 {
				t.Errorf("at %d these are too wide: %v", width, wide)
			}
			p.want(`document.documentElement.scrollWidth <= innerWidth`)
			p.quiet()
		}
	})

	t.Run("everything can be done with the keyboard", func(t *testing.T) {
		p := at(t, "", view{})
		p.press("\t")
		p.want(`document.activeElement.className === "skip"`)
		p.press("\r")
		p.until(`location.hash === "#ec-verdict"`)
		p.press("/")
		p.want(`document.activeElement.id === "ec-text"`)
		p.press("settle")
		p.until(shown + `.join() === "jobs.settle"`)
		for range 20 { // family, order, clear, verdicts, the group, the check
			p.press("\t")
			if eval[bool](p, `document.activeElement.matches("#jobs\\.settle > summary")`) {
				break
			}
		}
		p.press("\r")
		p.until(`document.getElementById("jobs.settle").open`)
		p.until(`document.querySelector("#jobs\\.settle .exchange[open] .x-body")`)
		p.want(`document.querySelector("#jobs\\.settle .x-body").textContent.includes("connection refused")`)
		p.quiet()
	})

	t.Run("a thousand checks with 20,000 exchanges open and filter at once", func(t *testing.T) {
		big := pageOf(t, "large.html", func(w io.Writer) error { return WriteHTML(w, large(), HTMLOptions{}) })
		p := openTab(parent, t, big, "", view{})
		const ready = `performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd`
		p.until(ready + ` > 0`)
		opened := eval[float64](p, ready)
		filtered := eval[float64](p, `(() => { const a = performance.now(), t = document.getElementById("ec-text"); t.value = "variant-999"; t.form.dispatchEvent(new Event("submit")); document.body.offsetHeight; return performance.now() - a })()`)
		p.want(shown + `.length === 1`)
		t.Logf("opened in %.0f ms, first search over everything in %.0f ms", opened, filtered)
		// How long that takes depends on who else is at work; what is drawn does not.
		p.want(`document.querySelectorAll("*").length < 80_000`)
		p.want(`document.querySelectorAll(".exchange").length <= 32`)
		p.quiet()
	})

	t.Run("a run of 3,000 exchanges that deviate alike opens at once and says each kind once", func(t *testing.T) {
		big := pageOf(t, "nova.html", func(w io.Writer) error { return WriteHTML(w, nova(106, 28), HTMLOptions{}) })
		p := openTab(parent, t, big, "", view{})
		const ready = `performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd`
		p.until(ready + ` > 0`)
		t.Logf("opened in %.0f ms", eval[float64](p, ready))
		p.want(`document.querySelectorAll("*").length < 50_000`)
		p.want(`document.querySelectorAll("#ec-findings .chapter").length === 2`)
		p.want(`document.querySelector("#ec-findings .chapter").innerText.replace(/\s+/g, " ").includes("38584 times 26 kinds 106 checks")`)

		// From what deviates to the checks that met it, to a place, to the line.
		p.click(`#ec-findings .chapter:nth-of-type(2) > summary`)
		p.click(`#ec-findings .kind:has(.got + .faint) > summary`)
		const kind = `#ec-findings .kind[open]`
		p.until(`document.querySelectorAll("` + kind + ` .kind-checks a").length === 106`)
		p.want(`document.querySelector("` + kind + ` .where").innerText.includes("/server/description")`)
		p.want(`document.querySelector("` + kind + ` .operations").innerText === "of nova.ShowServer, nova.UpdateServer"`)
		p.want(`document.querySelectorAll("` + kind + ` .got").length === 8`)
		p.want(`document.querySelector("` + kind + `").innerText.includes("something else")`)
		p.click(kind + ` .kind-checks li:nth-child(2) a`)
		const check = `document.getElementById("lifecycle.case-1@2.60")`
		p.until(check + `.open && ` + check + `.querySelector(".kind[open] .places")`)
		p.want(`document.activeElement === ` + check + `.querySelector(".kind[data-kind][open] > summary")`)
		p.want(check + `.querySelectorAll(".kind[data-kind][open]").length === 1`)
		p.want(check + `.querySelectorAll(".findings > .kind").length === 2`)
		p.want(check + `.querySelector(".kind[data-group] > summary").innerText.replace(/\s+/g, " ").includes("R-232 Members that a community Nova keeps for administrators are required. 26 kinds, 364 times")`)
		p.want(check + `.querySelectorAll(".places li").length === 27`)
		p.want(check + `.querySelector(".kind[open] .message").textContent.includes("exchange e-29")`)
		p.want(check + `.querySelector(".kind[open] .finding-head").innerText.startsWith("first of 27 GET")`)
		p.want(check + `.querySelector(".kind[open] .operations") === null`)
		p.want(`[...` + check + `.querySelectorAll(".places li")].find(l => l.innerText.startsWith("e-50")).innerText.includes("got 50")`)
		p.click(`[id="lifecycle.case-1@2.60"] .to-exchange[data-exchange="e-50"]`)
		p.until(check + `.querySelector('.exchange[data-id="e-50"] .x-body')`)
		const line = `.exchange[data-id="e-50"] .ln.hit[data-pointer="/server/description"]`
		p.want(check + `.querySelector('` + line + `').nextElementSibling.textContent.includes("expected a string, got 50")`)
		p.want(check + `.querySelectorAll('.exchange[data-id="e-50"] .note').length === 14`)
		p.quiet()
	})

	t.Run("a check that breaks the contract in many ways shows the first of them", func(t *testing.T) {
		r := nova(1, 2)
		r.Checks[0].Verdict = Fail
		for i := range r.Checks[0].Findings {
			r.Checks[0].Findings[i].Severity = validate.Violation
		}
		broken := pageOf(t, "broken.html", func(w io.Writer) error { return WriteHTML(w, r, HTMLOptions{}) })
		p := openTab(parent, t, broken, "", view{})
		const rows = `document.querySelectorAll(".check .kind[data-group][open] .kind[data-kind]`
		p.until(rows + `[open] .to-exchange").length === 12`)
		p.want(rows + `").length === 28`)
		p.want(`document.querySelector("details.check").innerText.includes("the member OS-EXT-SRV-ATTR:hypervisor_hostname")`)
		p.quiet()
	})

	t.Run("on paper each failed check says what it found", func(t *testing.T) {
		p := at(t, "", view{})
		p.want(`document.getElementById("errors.awkward").querySelector(".versus") === null`)
		// Whoever prints does not wait: all of it is there when the event is over.
		p.want(`(dispatchEvent(new Event("beforeprint")), document.getElementById("errors.awkward").querySelectorAll(".kind[open] .versus").length === 3)`)
		p.want(`document.getElementById("errors.awkward").innerText.includes("a body of another media type")`)
		p.quiet()
	})

	t.Run("a kind of finding can be linked to", func(t *testing.T) {
		p := at(t, "#ec-k-9", view{})
		p.until(`(k => k.open && k.checkVisibility() && document.activeElement === k.querySelector("summary"))(document.getElementById("ec-k-9"))`)
		p.want(`document.querySelector("#ec-k-9 .where").innerText.includes("/server/addresses/net a~1b~0c/*/version")`)
		p.quiet()
	})

	t.Run("what a kind says is found by the filter in every check that met it", func(t *testing.T) {
		p := at(t, "", view{})
		p.press("/")
		p.press("R-217 tolerated")
		p.until(shown + `.join() === "lifecycle.start.stopped@2.26"`)
		p.quiet()
	})

	t.Run("a browser that cannot unpack says where the exchanges are", func(t *testing.T) {
		p := at(t, "", view{})
		eval[bool](p, `(() => { delete window.DecompressionStream; document.getElementById("jobs.settle").open = true; return true })()`)
		p.until(`document.querySelector("#jobs\\.settle .exchanges").innerText.includes("could not unpack the exchanges")`)
		p.quiet()
	})

	t.Run("without scripts the summary, reasons, findings and tables are there", func(t *testing.T) {
		p := at(t, "", view{noScript: true})
		doc, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("main")))
		p.do(err)
		for _, want := range []string{"The endpoint does not conform", "os-start was answered with 500", "a time like 2026-11-21T22:15:00Z",
			"ECS-5.8.1-status", "the profile nova-community does not claim the ECS API", "from environment OS_PASSWORD", "server 9f1c0b7e"} {
			if !strings.Contains(doc, want) {
				t.Errorf("without scripts the page does not show %q", want)
			}
		}
		if strings.Contains(doc, "slowest first") {
			t.Error("without scripts the filter is shown, which does nothing")
		}
		p.quiet()
	})
}

// TestPageOfAnUnfinishedRun: the first thing anybody reads is that it is no pass.
func TestPageOfAnUnfinishedRun(t *testing.T) {
	parent := startBrowser(t)
	for name, r := range map[string]Result{"unfinished": unfinished(), "nothing": nothing(), "only a header": {Header: synthetic().Header}} {
		t.Run(name, func(t *testing.T) {
			p := openTab(parent, t, pageOf(t, "index.html", func(w io.Writer) error { return WriteHTML(w, r, HTMLOptions{}) }), "", view{})
			p.want(`document.querySelector("h1").getBoundingClientRect().bottom < 200`)
			if name == "nothing" {
				p.want(`document.querySelector("h1").textContent === "The endpoint could not be judged"`)
			} else {
				p.want(`document.querySelector("h1").textContent === "The run did not come to its end"`)
				p.want(`document.querySelector(".verdict").innerText.includes("This is not a pass")`)
				p.want(`document.querySelector("#ec-leftovers").innerText.includes("Nobody can tell what else is left")`)
			}
			p.want(`!document.body.innerText.includes("The endpoint conforms")`)
			p.quiet()
		})
	}
}
